import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The development data, which is third-party material and lies beside the repository, never in it. */
const SHARED = process.env.WIREFOLD_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));

/** Where a development data file lies, whether it is there or not. */
export function developmentData(path: string): string {
  return join(SHARED, path);
}

/** What a test needs of vitest's context: a skip that says why. */
interface Skippable {
  skip(note: string): never;
}

/** The path of a development data file; a skip with the reason where it is missing, and a failure where CI=true demands it. */
export function sharedPath(context: Skippable, ...parts: string[]): string {
  const path = join(SHARED, ...parts);
  if (existsSync(path)) return path;
  if (process.env.CI === 'true') throw new Error(`CI=true needs the development data: ${path} is missing`);
  return context.skip(`the development data is not here: ${path}`);
}
