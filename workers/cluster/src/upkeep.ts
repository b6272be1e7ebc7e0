import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { NO_FURNITURE } from '@wirefold/dedup';
import { handOver, JOB_IDS_MAX, type Queue } from '@wirefold/queue';
import type { Events } from '@wirefold/runtime';
import type { ResignedArticle, SourceFurniture, StaleArticle, StalePage, Store } from '@wirefold/store';
import { learnSource, namesIn, signBody } from '@wirefold/story';

/** Sources that are learned before the articles of changed ones are signed again: a few seconds' work. */
const SOURCES_AT_ONCE_MAX = 50;
/** Stale articles that are read, signed and saved together; as many as a job of cluster holds. */
const STALE_AT_ONCE_MAX = JOB_IDS_MAX;
/** Texts that are looked at and removed in one transaction. */
const TEXTS_AT_ONCE_MAX = 200;

/** Stories whose names are read in one transaction: a millisecond each. */
const NAMED_AT_ONCE_MAX = 50;
/** Texts that leave the candidate index in one round: thirty a text are six thousand rows. */
const EXPIRED_AT_ONCE_MAX = 200;
/** Events of the change log that one round looks at. */
const CHANGES_AT_ONCE_MAX = 1_000;
/** How much later than its first copy an article may come to be compared with it, beyond the window. */
const EXPIRY_SLACK_DAYS = 7;

/** What a round of upkeep needs. */
export interface UpkeepWork {
  store: Store;
  events: Pick<Events, 'learned' | 'resigned' | 'textsRemoved' | 'textsExpired' | 'bug'>;
  settings: { furnitureQuietMs: number; windowDays: number; changesKeepDays: number };
  /** Hands over articles that wait for cluster; what is lost on the way is found by the sweeper. */
  passOn(articleIds: string[]): Promise<unknown>;
}

export interface UpkeepOptions extends Omit<UpkeepWork, 'events' | 'settings' | 'passOn'> {
  queue: Queue;
  events: UpkeepWork['events'] & Pick<Events, 'upkeepFailed' | 'queueUnavailable'>;
  settings: UpkeepWork['settings'] & { upkeepEveryMs: number };
}

export interface Upkeep {
  /** Waits for what is in hand; then nothing follows. */
  stop(): Promise<void>;
}

/**
 * Keeps what was learned of the sources up to date, and the articles signed with it; now, and `upkeepEveryMs` after each round. Any
 * number of processes may do so at once: each takes a source that no other has in hand.
 */
export function startUpkeep(options: UpkeepOptions): Upkeep {
  const { queue, events } = options;
  const passOn = (articleIds: string[]) =>
    handOver(queue, 'cluster', articleIds, {
      onError: (cause) => events.queueUnavailable({ cause, stage: 'cluster', articles: articleIds.length }),
    });
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      try {
        await upkeepOnce({ ...options, passOn }, signal);
      } catch (cause) {
        events.upkeepFailed({ cause });
      }
      await sleep(options.settings.upkeepEveryMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

/** One round: until nothing is due, or until `signal` aborts. */
export async function upkeepOnce(
  options: UpkeepWork,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  await options.store.keepHistory();
  await learnDue(options, signal);
  await signStale(options, signal);
  await dropTexts(options, signal);
  await expireTexts(options, signal);
  await pruneChanges(options, signal);
  await nameStories(options, signal);
}

async function learnDue({ store, events, settings }: UpkeepWork, signal: AbortSignal): Promise<void> {
  const due = await store.dueSources({ quietMs: settings.furnitureQuietMs, limit: SOURCES_AT_ONCE_MAX });
  for (const source of due) {
    if (signal.aborted) return;
    const isNew = await store.learn(source, (sample) => learnSource(source, sample));
    events.learned({ source, isNew });
    await nextTurn();
  }
}

async function signStale(options: UpkeepWork, signal: AbortSignal): Promise<void> {
  const { store, events, passOn } = options;
  while (!signal.aborted) {
    const page = await store.staleArticles(STALE_AT_ONCE_MAX);
    if (page === null) return;
    if (page.articles.length === 0) continue;
    const { unchanged, changed, toPlace } = await store.resign(page.sourceKey, await signPage(options, page));
    events.resigned({ source: page.sourceKey, unchanged, changed });
    if (toPlace.length > 0) await passOn(toPlace);
  }
}

async function signPage({ store, events }: UpkeepWork, page: StalePage): Promise<ResignedArticle[]> {
  const furniture = (await store.furniture([page.sourceKey])).get(page.sourceKey) ?? NOTHING_KNOWN;
  const resigned: ResignedArticle[] = [];
  for (const stale of page.articles) {
    resigned.push(signAgain(stale, furniture, events));
    // Each takes a millisecond or more of pure computing: other things go between two.
    await nextTurn();
  }
  return resigned;
}

const NOTHING_KNOWN: SourceFurniture = { version: 0, furniture: NO_FURNITURE };

/** What cannot be signed with what was learned is signed as ingest did at first, or it would be tried for ever. */
function signAgain(
  stale: StaleArticle,
  { version, furniture }: SourceFurniture,
  events: Pick<Events, 'bug'>,
): ResignedArticle {
  const { articleId, signings } = stale;
  try {
    return { articleId, signings, furnitureVersion: version, ...signBody(stale, furniture) };
  } catch (cause) {
    events.bug({ stage: 'upkeep', articleId, cause });
    return { articleId, signings, furnitureVersion: version, ...signBody(stale, NO_FURNITURE) };
  }
}

async function dropTexts({ store, events }: UpkeepWork, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { seen, dropped } = await store.dropLooseTexts(TEXTS_AT_ONCE_MAX);
    if (dropped > 0) events.textsRemoved({ texts: dropped });
    if (seen < TEXTS_AT_ONCE_MAX) return;
  }
}

/** Reads what stories name whose canonical is new: others of one event are found by it. */
async function nameStories({ store }: UpkeepWork, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await store.nameStories(NAMED_AT_ONCE_MAX, namesIn)) > 0) await nextTurn();
}

/** What came so long ago that nothing new can be linked to it is sought no more. */
async function expireTexts({ store, events, settings }: UpkeepWork, signal: AbortSignal): Promise<void> {
  if (settings.windowDays === 0 || signal.aborted) return;
  const days = settings.windowDays + EXPIRY_SLACK_DAYS;
  const texts = await store.expireTexts({ days, limit: EXPIRED_AT_ONCE_MAX });
  if (texts > 0) events.textsExpired({ texts });
}

/** What happened too long ago is given out no more; 0 keeps everything. */
async function pruneChanges({ store, settings }: UpkeepWork, signal: AbortSignal): Promise<void> {
  if (settings.changesKeepDays === 0 || signal.aborted) return;
  await store.pruneChanges({ days: settings.changesKeepDays, limit: CHANGES_AT_ONCE_MAX });
}
