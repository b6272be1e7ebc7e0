import { KERNEL_BYTES } from './kernel-bytes.ts';

/** The loops of `kernel.wat`: what they do is told there, and the memory that they share with TypeScript here. */

interface Kernel {
  memory: { buffer: ArrayBuffer };
  count: { value: number };
  begin(): void;
  rewind(): void;
  endToken(): void;
  addUnit(low: number, high: number, at: number): void;
  read(at: number, end: number): number;
  absorb(count: number, limit: number): number;
  keep(count: number, words: number, ends: number): void;
  weave(count: number, words: number, shingles: number): void;
  rank(size: number): number;
  index(size: number, shingles: number, table: number, mask: number, stands: number): number;
  mark(size: number, shingles: number, bits: number): number;
  sameBits(a: number, b: number): number;
  share(
    size: number,
    shingles: number,
    stands: number,
    otherSize: number,
    others: number,
    otherStands: number,
    table: number,
    mask: number,
    bits: number,
    misses: number,
    repeated: number,
  ): number;
}

/** The types of Node know of no WebAssembly. */
interface Compiler {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: Kernel };
}
const { Module, Instance } = (globalThis as unknown as { WebAssembly: Compiler }).WebAssembly;

export const kernel = new Instance(new Module(Buffer.from(KERNEL_BYTES, 'base64'))).exports;
const { buffer } = kernel.memory;

/** Units that fit into the input, with the blank behind them; and tokens that these can be, so that each has room. */
export const INPUT_ROOM = 1 << 20;
export const TOKEN_ROOM = 1 << 19;

const UNITS = 1 << 16;
const [STATES, INPUT, TOKENS, LOW, ENDS_OF, WORDS] = [0x80000, 0x81000, 0x282000, 0x683000, 0x883000, 0xa83000];
const [ANSWERS, RUNS, RUN_ROOM] = [0x80010, 0xc90000, 1 << 16];
/** Bytes for the words of texts that are kept read, 8 a word and 1,024 a text, because a text is compared several times. */
export const KEPT_BYTES_MAX = 1 << 26;
/** Bytes for their shingles, about 11 a word, of those that share enough to be aligned. What is overwritten is woven again. */
export const WOVEN_BYTES_MAX = 1 << 25;
/** Where both begin. */
export const KEPT_FROM = 0xd50000;
export const WOVEN_FROM = KEPT_FROM + KEPT_BYTES_MAX;

/** Two entries of 32 bits for each unit, the low one first: what stands for it, or `ENDS`, or `LOOK`. */
export const table = new Int32Array(buffer, 0, UNITS * 2);
/** In the table, with 0 above it: the unit ends a token; the caller must look at it. */
export const ENDS = 0;
export const LOOK = 1;
for (let unit = 0; unit < UNITS; unit++) table[unit * 2] = LOOK;

export const states = new Int32Array(buffer, STATES, 4);
export const statesBytes = Buffer.from(buffer, STATES, 16);
export const input = new Uint16Array(buffer, INPUT, INPUT_ROOM);
export const inputBytes = Buffer.from(buffer, INPUT, INPUT_ROOM * 2);
/** Two entries of 32 bits for each token, the low one first. */
export const tokenHashes = new Int32Array(buffer, TOKENS, TOKEN_ROOM * 2);
export const low = new Uint32Array(buffer, LOW, TOKEN_ROOM);
/** Byte of the input at which the last unit of each token stands. */
export const endBytes = new Uint32Array(buffer, ENDS_OF, TOKEN_ROOM);
/** The hash of 32 bits of each token, and every shingle of three of them in `low`, after `weaveAll`. */
export const wordHashes = new Uint32Array(buffer, WORDS, TOKEN_ROOM);
/** The first of `low`, in bytes. */
export const LOW_FROM = LOW;
export function weaveAll(count: number): void {
  kernel.keep(count, WORDS, ENDS_OF);
  kernel.weave(count, WORDS, LOW);
}

/** All of it, by 32 bits. */
export const memory = new Int32Array(buffer);
/** After `share`: where each run of shared shingles begins in the first text and in the second, and how long it is; how many there are. */
const runColumn = (column: number) => new Int32Array(buffer, RUNS + column * RUN_ROOM * 4, RUN_ROOM);
export const kernelRuns = { a: runColumn(0), b: runColumn(1), lengths: runColumn(2) };
export const answers = new Int32Array(buffer, ANSWERS, 2);
