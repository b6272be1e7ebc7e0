import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { developmentData } from '../../../../test/support/shared.ts';
import type { Reached } from '../testing/hostile-world.ts';

const folder = developmentData('data/hostile/ssrf');
/** The namespace takes root, which a developer's machine need not give; the rules alone are tested in admit.test.ts anyway. */
const canIsolate = folder !== null && spawnSync('unshare', ['-n', '-m', 'true']).status === 0;

/** The only places of the isolated network that stand for the public internet, by address and port. */
const PUBLIC_PLACES = ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'].flatMap((address) => [
  `${address} 80`,
  `${address} 8080`,
]);

describe.skipIf(!canIsolate)('the shared hostile URLs, in a network where their addresses are real', () => {
  it('reach nothing that is not public, and the legitimate ones arrive', async () => {
    const list = join(folder ?? '', 'ssrf-corpus.json');
    const { stdout } = await promisify(execFile)('bash', [
      join(folder ?? '', 'ns.sh'),
      process.execPath,
      '--import',
      'tsx',
      join(import.meta.dirname, '../testing/hostile-world.ts'),
      join(folder ?? '', 'world.mjs'),
      list,
    ]);
    const results = JSON.parse(stdout.slice(stdout.indexOf('['))) as Reached[];
    const urls = JSON.parse(readFileSync(list, 'utf8')) as { url: string; expect: 'block' | 'allow' }[];
    expect(results).toHaveLength(urls.length);
    const wrong = urls.flatMap((entry, index) => {
      const result = results[index];
      const isAstray = result?.connections.some((place) => !PUBLIC_PLACES.includes(place)) ?? true;
      // A name that resolves to a private address later stays pinned to the public one that was checked, and arrives there.
      const mayArrive = entry.expect === 'allow' || entry.url.includes('rebind');
      const isAsExpected = mayArrive ? result?.end === 'ok' : result?.end !== 'ok';
      return isAstray || !isAsExpected ? [{ ...entry, ...result }] : [];
    });
    expect(wrong).toEqual([]);
    expect(urls.filter(({ expect }) => expect === 'allow').length).toBeGreaterThan(10);
  }, 90_000);
});
