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
  weave(count: number): void;
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
/** The hash of 32 bits of each token, after `weave`. */
export const wordHashes = new Uint32Array(buffer, WORDS, TOKEN_ROOM);
