import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { startSites } from '../../support/made-sites.ts';

/** Sites in a process of their own, so that their processor time is not that of who fetches. Argument: a JSON list of files. */
const files = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as string[];
const sites = await startSites(async (_host, at) => {
  const file = files[at];
  return file === undefined ? null : readFile(file);
});
process.send?.(sites.port);
process.once('disconnect', () => sites.stop());
