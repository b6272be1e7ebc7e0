import { existsSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../../../..');

/**
 * A path inside the shared development data (`WIREFOLD_SHARED`, or `../shared` beside the repository); null where it is missing.
 * With `CI=true` missing data is an error: those tests may not be skipped there.
 */
export function sharedPath(path: string): string | null {
  // biome-ignore lint/style/noProcessEnv: says where test data is, and configures nothing.
  const { WIREFOLD_SHARED, CI } = process.env;
  const full = join(WIREFOLD_SHARED ?? join(REPOSITORY, '../shared'), path);
  if (existsSync(full)) return full;
  if (CI === 'true') throw new Error(`shared data is missing: ${path}`);
  return null;
}
