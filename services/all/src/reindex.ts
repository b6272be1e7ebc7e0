import type { Writable } from 'node:stream';
import { placeArticles, rememberingJudge, upkeepOnce } from '@wirefold/cluster';
import { PARAMS } from '@wirefold/dedup';
import { type Config, readConfig } from '@wirefold/runtime';
import { newStoryId, openStore, type Store } from '@wirefold/store';
import { EXIT, type ExitCode } from './exit-code.ts';

/** Articles that are placed between two looks at what is left, and in one transaction. */
const PLACED_A_ROUND_MAX = 2_000;
const PLACED_AT_ONCE_MAX = 50;

/**
 * Learns every source anew, signs again what was signed with other parameters or other furniture, and places it. What is done is done:
 * a run that was stopped goes on where it stood. Progress goes to `progress`.
 * @returns 0 when all is up to date, 1 when articles are left that could not be placed, 2 when it could not run
 */
export async function reindex(env: Record<string, string | undefined>, progress: Writable): Promise<ExitCode> {
  const say = (line: string) => progress.write(`wirefold: ${line}\n`);
  const reading = readConfig(env);
  if (!reading.ok) {
    for (const problem of reading.problems) say(problem);
    return EXIT.couldNotRun;
  }
  const { databaseUrl, dataDir } = reading.config;
  let opened: Awaited<ReturnType<typeof openStore>>;
  try {
    opened = await openStore({ databaseUrl, dataDir, signatureVersion: PARAMS.version });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    say('a running service does this by itself, in the background');
    return EXIT.couldNotRun;
  }
  try {
    return (await reindexStore(opened.store, reading.config, say)) ? EXIT.ok : EXIT.someBad;
  } finally {
    await opened.store.close();
  }
}

/** Whether all is up to date in the end. */
export async function reindexStore(
  store: Store,
  settings: Pick<Config, 'windowDays' | 'leaseMs' | 'claimsMax'>,
  say: (line: string) => void,
): Promise<boolean> {
  say(`${await store.makeSourcesDue()} sources are learned anew`);
  const place = createPlacing(store, settings);
  const done = { signed: 0, changed: 0, bugs: 0 };
  const events = {
    learned() {},
    textsRemoved() {},
    textsExpired() {},
    bug() {
      done.bugs++;
    },
    resigned({ unchanged, changed }: { unchanged: number; changed: number }) {
      done.signed += unchanged + changed;
      done.changed += changed;
    },
  };
  for (;;) {
    // What is handed over here is found in the ledger just below.
    const upkeep = { ...settings, furnitureQuietMs: 0, changesKeepDays: 0 };
    await upkeepOnce({ store, events, settings: upkeep, passOn: async () => {} });
    const placed = await place();
    const { sourcesDue, articlesStale } = await store.upkeepFigures();
    say(
      `${done.signed} articles signed again, ${done.changed} of them with another text; left: ${sourcesDue} sources, ${articlesStale} articles`,
    );
    if (placed === 0 && sourcesDue + articlesStale === 0) break;
  }
  const [, cluster] = await store.stageFigures();
  const waiting = cluster?.backlog ?? 0;
  if (waiting > 0) say(`${waiting} articles could not be placed; the service tries them again`);
  return waiting === 0 && done.bugs === 0;
}

/** Places what waits for it, and says how many articles that were. What cannot be placed is left to the service, and tried once. */
function createPlacing(
  store: Store,
  { windowDays, leaseMs, claimsMax }: Pick<Config, 'windowDays' | 'leaseMs' | 'claimsMax'>,
): () => Promise<number> {
  const clustering = { store, link: rememberingJudge(), windowDays, newStoryId };
  const failed = new Set<string>();
  const placeAll = async (articleIds: string[]): Promise<number> => {
    const claims = await store.claim('cluster', articleIds, leaseMs);
    if (claims.length === 0) return 0;
    try {
      return (await placeArticles(clustering, claims)).done.length;
    } catch {
      await store.release(claims);
      let placed = 0;
      if (articleIds.length > 1) for (const id of articleIds) placed += await placeAll([id]);
      else for (const id of articleIds) failed.add(id);
      return placed;
    }
  };
  return async () => {
    let placed = 0;
    const { cluster, suspects } = await store.sweep({ resendAfterMs: 0, claimsMax, limit: PLACED_A_ROUND_MAX });
    const found = [...cluster, ...suspects.flatMap(({ stage, articleId }) => (stage === 'cluster' ? articleId : []))];
    const waiting = found.filter((id) => !failed.has(id));
    for (let at = 0; at < waiting.length; at += PLACED_AT_ONCE_MAX)
      placed += await placeAll(waiting.slice(at, at + PLACED_AT_ONCE_MAX));
    return placed;
  };
}
