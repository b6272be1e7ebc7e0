import { SPACE } from './folding.ts';

const UNITS_AT_START = 1 << 14;

/** Working memory of the readers, kept between calls because allocating it costs more than reading. */
export interface Room {
  units: number;
  /** The text, and one blank behind it. */
  input: Uint16Array;
  inputBytes: Buffer;
  halves: Int32Array;
  hashes: Uint32Array;
  flags: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
  folded: Uint16Array;
}

let room = allocate(UNITS_AT_START);

function allocate(units: number): Room {
  const input = new Uint16Array(units);
  return {
    units,
    input,
    inputBytes: Buffer.from(input.buffer),
    halves: new Int32Array(units * 2),
    hashes: new Uint32Array(units),
    flags: new Uint8Array(units),
    starts: new Uint32Array(units),
    ends: new Uint32Array(units),
    // A token may be as short as one unit, and a separator follows it; a character that is not composed away folds to two at most.
    folded: new Uint16Array(units * 2 + 64),
  };
}

/** Copies a text into working memory, where a unit is read ten times as fast as from the string. */
export function copyIn(text: string): Room {
  const { length } = text;
  if (length >= room.units) room = allocate(2 ** Math.ceil(Math.log2(length + 1)));
  room.inputBytes.write(text, 0, 'utf16le');
  room.input[length] = SPACE;
  return room;
}
