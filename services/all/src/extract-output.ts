import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ExitCode } from './exit-code.ts';

/**
 * Writes a file as a whole or not at all: beside it first, and in its place when all was written.
 * @returns what `run` returns, or null where the file is one of the inputs: then nothing is written
 */
export async function writeBeside(
  file: string,
  inputs: readonly string[],
  run: (output: Writable) => Promise<ExitCode>,
): Promise<ExitCode | null> {
  const own = await identityOf(file);
  const others = await Promise.all(inputs.map(identityOf));
  if (own !== null && others.includes(own)) return null;
  const beside = `${file}.${process.pid}.part`;
  const output = createWriteStream(beside, { flags: 'wx' });
  const done = finished(output);
  // It is awaited at the end; until then a failure is nobody's.
  done.catch(() => {});
  try {
    const code = await run(output);
    output.end();
    await done;
    await rename(beside, file);
    return code;
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** The same file under another name, or behind a link, has the same. */
async function identityOf(file: string): Promise<string | null> {
  const found = await stat(file).catch(() => null);
  return found === null ? null : `${found.dev}:${found.ino}`;
}
