/**
 * Fetches every URL of a list inside a network of its own, and prints what came of each as one JSON array. Run by
 * fetch/hostile-addresses.test.ts in a namespace in which "public" and "private" addresses are real:
 * `hostile-world.ts WORLD LIST`, where WORLD exports `world(onConnection)` and LIST holds `{url}` objects.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createFetcher } from '../fetch/fetcher.ts';

export interface Reached {
  /** `ok`, or the reason. */
  end: string;
  /** `address port` of each connection that arrived anywhere while the URL was fetched. */
  connections: string[];
}

interface World {
  world(onConnection: (event: { kind: string; to: string; port: number }) => void): Promise<void>;
}

const [worldPath = '', listPath = ''] = process.argv.slice(2);
const { world } = (await import(pathToFileURL(worldPath).href)) as World;
const urls = (JSON.parse(readFileSync(listPath, 'utf8')) as { url: string }[]).map(({ url }) => url);

let connections: string[] = [];
await world(({ kind, to, port }) => {
  if (kind === 'connect') connections.push(`${to.replace(/^::ffff:/, '')} ${port}`);
});

const results: Reached[] = [];
for (const url of urls) {
  connections = [];
  // A fetcher for each, so that no connection of an earlier one is used again and hides where a URL led.
  const fetcher = createFetcher({
    deadlineMs: 5_000,
    wireBytesMax: 100_000,
    bodyBytesMax: 100_000,
    userAgent: 'Wirefold/test',
    testHosts: new Map(),
  });
  const result = await fetcher.fetchPage(url, new AbortController().signal);
  await fetcher.close();
  results.push({ end: result.ok ? 'ok' : result.reason, connections });
}
process.stdout.write(JSON.stringify(results), () => process.exit(0));
