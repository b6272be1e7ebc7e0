import { createWriteStream } from 'node:fs';
import { link, rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { EXIT, type ExitCode } from './exit-code.ts';

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
  return writeWhole(file, run, (beside) => rename(beside, file));
}

/**
 * The same for a file that is not there yet; where it is, or comes meanwhile, it stays as it is and the answer is null, unless
 * `isForced`. What ends badly leaves no file.
 */
export async function writeNew(
  file: string,
  isForced: boolean,
  run: (output: Writable) => Promise<ExitCode>,
): Promise<ExitCode | null> {
  const put = async (beside: string, code: ExitCode) => {
    if (code === EXIT.ok && isForced) return rename(beside, file);
    // A link is refused where a file is, in one step.
    if (code === EXIT.ok) await link(beside, file);
    await rm(beside);
  };
  return writeWhole(file, run, put).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return null;
    throw error;
  });
}

export async function exists(file: string): Promise<boolean> {
  return (await identityOf(file)) !== null;
}

async function writeWhole(
  file: string,
  run: (output: Writable) => Promise<ExitCode>,
  put: (beside: string, code: ExitCode) => Promise<void>,
): Promise<ExitCode> {
  const beside = `${file}.${process.pid}.part`;
  const output = createWriteStream(beside, { flags: 'wx' });
  const done = finished(output);
  // It is awaited at the end; until then a failure is nobody's.
  done.catch(() => {});
  try {
    const code = await run(output);
    output.end();
    await done;
    await put(beside, code);
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
