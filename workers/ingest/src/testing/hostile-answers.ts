/**
 * Fetches every path of a hostile server, and prints what came of each and the most memory that this process held. Run by
 * fetch/hostile-answers.test.ts: `hostile-answers.ts PORT PATH...`.
 */
import { fetcherFor } from './loopback.ts';

export interface HostileEnds {
  /** By path: `ok`, or the reason. */
  ends: Record<string, string>;
  /** Largest resident size of the process, in MiB. */
  peakMiB: number;
}

const [port = '', ...paths] = process.argv.slice(2);
// The limits of size are those of a service that was told nothing.
const fetcher = fetcherFor(Number(port), { deadlineMs: 1_500, wireBytesMax: 8_388_608, bodyBytesMax: 8_388_608 });
const ends: Record<string, string> = {};
for (const path of paths) {
  // One after another: a host takes two at a time, and the deadline includes the wait.
  const result = await fetcher.fetchPage(`http://site.test${path}`, new AbortController().signal);
  ends[path] = result.ok ? 'ok' : result.reason;
}
await fetcher.close();
const found: HostileEnds = { ends, peakMiB: process.resourceUsage().maxRSS / 1_024 };
process.stdout.write(JSON.stringify(found));
