import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The development data, which is third-party material and lies beside the repository, never in it. */
const SHARED = process.env.WIREFOLD_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));

/** What a test needs of vitest's context: a skip that says why. */
interface Skippable {
  skip(note: string): never;
}

/**
 * The path of a development data file, for tests and benchmarks of every member; null where it is missing. With `CI=true` missing data
 * is an error: what needs it may not be skipped there.
 */
export function developmentData(path: string): string | null {
  const full = join(SHARED, path);
  if (existsSync(full)) return full;
  if (process.env.CI === 'true') throw new Error(`CI=true needs the development data: ${full} is missing`);
  return null;
}

/** The same inside a test, which is skipped with the reason where the data is missing. */
export function sharedPath(context: Skippable, ...parts: string[]): string {
  const path = join(...parts);
  return developmentData(path) ?? context.skip(`the development data is not here: ${path}`);
}
