import { randomUUID } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A temporary file that several threads write to and read from. It has no name any more: the system frees it when the process ends,
 * however that happens. Plain data, so that threads can be given it.
 */
export interface Spill {
  fd: number;
  folder: string;
  /** Bytes taken so far, as the one 64-bit number in it. */
  taken: BigInt64Array;
}

/** The code of the error that is thrown where a temporary file cannot be made, written or read; its message is for the user. */
export const SPILL_ERROR = 'WIREFOLD_SPILL';

/** Throws a `SPILL_ERROR` where the folder is missing or cannot be written to. */
export function createSpill(folder: string): Spill {
  return guarded(folder, () => {
    const path = join(folder, `wirefold-${randomUUID()}.tmp`);
    const fd = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return { fd, folder, taken: new BigInt64Array(new SharedArrayBuffer(8)) };
  });
}

/** Appends bytes in one piece and returns where they begin. */
export function writeSpill({ fd, folder, taken }: Spill, bytes: Uint8Array): number {
  const start = Number(Atomics.add(taken, 0, BigInt(bytes.length)));
  guarded(folder, () => {
    // A disk that runs full takes a part before it refuses the rest.
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, start + done);
  });
  return start;
}

export function readSpill({ fd, folder }: Spill, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  guarded(folder, () => {
    for (let done = 0; done < length; ) {
      const read = readSync(fd, bytes, done, length - done, start + done);
      if (read === 0) throw new Error('it ends too early');
      done += read;
    }
  });
  return bytes;
}

/** Gives the room on the disk back; what was written can no longer be read. */
export function emptySpill({ fd, folder }: Spill): void {
  guarded(folder, () => ftruncateSync(fd, 0));
}

export function closeSpill({ fd }: Spill): void {
  closeSync(fd);
}

function guarded<T>(folder: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `temporary files in ${folder}: ${reason}; --tmp DIR names another folder`;
    throw Object.assign(new Error(message, { cause: error }), { code: SPILL_ERROR });
  }
}
