import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { developmentData } from '../../../../test/support/shared.ts';
import type { Reached } from '../testing/hostile-world.ts';

const folder = developmentData('data/hostile/ssrf');

/** The namespace takes root, which a developer's machine need not give; the rules alone are tested in admit.test.ts anyway. */
function reasonToSkip(): string | null {
  if (folder === null) return 'the development data is not here: data/hostile/ssrf';
  const isolated = spawnSync('unshare', ['-n', '-m', 'true']);
  return isolated.status === 0 ? null : 'a network namespace of its own is not allowed here: that takes root';
}

/** The only places of the isolated network that stand for the public internet, by address and port. */
const PUBLIC_PLACES = ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'].flatMap((address) => [
  `${address} 80`,
  `${address} 8080`,
]);

interface Listed {
  url: string;
  expect: 'block' | 'allow';
}

/** Whether a listed URL did what the list says: an attack reaches nothing that is not public, a legitimate one arrives. */
function isRight(entry: Listed, result: Reached | undefined): boolean {
  if (result === undefined || result.connections.some((place) => !PUBLIC_PLACES.includes(place))) return false;
  // A name that resolves to a private address later stays pinned to the public one that was checked, and arrives there.
  const arrives = entry.expect === 'allow' || entry.url.includes('rebind');
  return arrives ? result.end === 'ok' : result.end !== 'ok';
}

describe('the shared hostile URLs, in a network where their addresses are real', () => {
  it('reach nothing that is not public, and the legitimate ones arrive', async (context) => {
    const reason = reasonToSkip();
    if (reason !== null || folder === null) return context.skip(reason ?? '');
    const list = join(folder, 'ssrf-corpus.json');
    const { stdout } = await promisify(execFile)('bash', [
      join(folder, 'ns.sh'),
      process.execPath,
      '--import',
      'tsx',
      join(import.meta.dirname, '../testing/hostile-world.ts'),
      join(folder, 'world.mjs'),
      list,
    ]);
    const results = JSON.parse(stdout.slice(stdout.indexOf('['))) as Reached[];
    const urls = JSON.parse(readFileSync(list, 'utf8')) as Listed[];
    const wrong = urls.flatMap((entry, at) => (isRight(entry, results[at]) ? [] : [{ ...entry, ...results[at] }]));
    expect(wrong).toEqual([]);
    const count = (kind: Listed['expect']) => urls.filter((entry) => entry.expect === kind).length;
    expect([results.length, count('block'), count('allow')]).toEqual([199, 183, 16]);
  }, 90_000);
});
