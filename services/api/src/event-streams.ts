import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Events } from '@wirefold/runtime';
import type { Change, Store } from '@wirefold/store';
import {
  EVENT_STREAMS_MAX,
  EVENTS_AT_ONCE_MAX,
  EVENTS_POLL_MS,
  EVENTS_RECENT_MAX,
  HEARTBEAT_MS,
  SLOW_READER_MS,
} from './limits.ts';

/** What one client hears of. */
interface Stream {
  response: ServerResponse;
  kinds: ReadonlySet<string> | null;
}

/** All streams of server-sent events of this process. */
export interface EventStreams {
  /** Whether one more may be opened. */
  hasRoom(): boolean;
  /** Sends what happened after `cursor`, and then what happens, until the client or this service ends it. The head is not sent yet. */
  open(response: ServerResponse, cursor: string, kinds: readonly string[] | null): void;
  /** Ends all, and stops looking for news. */
  close(): Promise<void>;
}

/** What the streams of a process share. */
interface Hub {
  store: Pick<Store, 'changes'>;
  events: Pick<Events, 'log'>;
  /** How long a client may take nothing. */
  slowReaderMs: number;
  all: Set<Stream>;
  /** Those that have caught up, and are told what is new at each look. */
  live: Set<Stream>;
  news: News | null;
  looking: Promise<void> | null;
  signal: AbortSignal;
}

/**
 * One look at the log for all clients, while there are any. A client that joins reads by itself until it has come to something that is
 * kept here of late, and is told from there on: so it misses nothing between the two.
 */
export function createEventStreams({
  store,
  events,
  slowReaderMs = SLOW_READER_MS,
}: Pick<Hub, 'store' | 'events'> & Partial<Pick<Hub, 'slowReaderMs'>>): EventStreams {
  const stopping = new AbortController();
  const { signal } = stopping;
  const hub: Hub = { store, events, slowReaderMs, all: new Set(), live: new Set(), news: null, looking: null, signal };
  return {
    hasRoom: () => hub.all.size < EVENT_STREAMS_MAX && !signal.aborted,
    open(response, cursor, kinds) {
      const stream: Stream = { response, kinds: kinds === null ? null : new Set(kinds) };
      hub.all.add(stream);
      response.once('close', () => drop(hub, stream));
      response.write(`retry: 3000\nid: ${cursor}\n\n`);
      hub.looking ??= look(hub);
      follow(hub, stream, cursor);
    },
    async close() {
      stopping.abort();
      for (const { response } of hub.all) response.end();
      await hub.looking;
    },
  };
}

function drop({ all, live }: Hub, stream: Stream): void {
  all.delete(stream);
  live.delete(stream);
  stream.response.destroy();
}

/** Looks again and again while anybody listens. */
async function look(hub: Hub): Promise<void> {
  const { store, events, all, live, signal } = hub;
  let heartAt = performance.now();
  while (all.size > 0 && !signal.aborted) {
    try {
      hub.news ??= await latest(store);
      const fresh = await hub.news.read(store);
      tellLive(hub, hub.news, fresh);
    } catch (cause) {
      // The store is away: streams stay open, and are told when it is back.
      events.log.debug({ err: cause }, 'no news of stories');
    }
    if (performance.now() - heartAt >= HEARTBEAT_MS) {
      heartAt = performance.now();
      for (const stream of live) beat(stream, hub.news?.tail ?? null);
    }
    await sleep(EVENTS_POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  hub.news = null;
  hub.looking = null;
}

/** All at once, with no wait between: who joins meanwhile gets it from here or from what is kept. */
function tellLive(hub: Hub, news: News, fresh: Fresh): void {
  const { tail } = news;
  news.take(fresh);
  for (const stream of hub.live) {
    if (fresh.changes.length <= EVENTS_AT_ONCE_MAX && !stream.response.writableNeedDrain) {
      send(stream, fresh.changes);
    } else {
      // Too much at once, or the client is slow: it goes on at its own pace.
      hub.live.delete(stream);
      follow(hub, stream, tail);
    }
  }
}

function follow(hub: Hub, stream: Stream, cursor: string): void {
  catchUp(hub, stream, cursor).catch((cause: unknown) => {
    hub.events.log.debug({ err: cause }, 'a stream of events broke off');
    drop(hub, stream);
  });
}

/** Reads for one client until it has caught up, a page at a time, as fast as it takes them. */
async function catchUp(hub: Hub, stream: Stream, from: string): Promise<void> {
  const { store, slowReaderMs, all, live, signal } = hub;
  let cursor = from;
  while (all.has(stream) && !signal.aborted) {
    if (!(await isTaken(stream.response, slowReaderMs)) || !all.has(stream)) return drop(hub, stream);
    const recent = hub.news?.after(cursor) ?? null;
    if (recent !== null && recent.length <= EVENTS_AT_ONCE_MAX) {
      send(stream, recent);
      live.add(stream);
      return;
    }
    const page = await store.changes({ after: cursor, kinds: null, limit: EVENTS_AT_ONCE_MAX });
    if (page === null) return drop(hub, stream);
    send(stream, page.changes);
    cursor = page.nextCursor;
    // At the end, and not yet among what is known here: the next look finds it.
    if (!page.hasMore) await sleep(EVENTS_POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Writes what a client wants of it. */
function send({ response, kinds }: Stream, changes: readonly Change[]): void {
  const lines = changes
    .filter(({ kind }) => kinds === null || kinds.has(kind))
    .map((change) => `id: ${change.cursor}\ndata: ${JSON.stringify(change)}\n\n`);
  if (lines.length > 0) response.write(lines.join(''));
}

/** Waits until a client has taken what was written; false where it does not within this time, or is gone. */
async function isTaken(response: ServerResponse, withinMs: number): Promise<boolean> {
  if (!response.writableNeedDrain) return true;
  const waiting = new AbortController();
  const { signal } = waiting;
  const ends = [
    once(response, 'drain', { signal }),
    once(response, 'close', { signal }),
    sleep(withinMs, null, { signal }),
  ];
  await Promise.race(ends);
  waiting.abort();
  await Promise.allSettled(ends);
  return !response.writableNeedDrain;
}

/** Keeps the connection alive, and moves the place from which a client goes on past what it did not want. */
function beat({ response }: Stream, tail: string | null): void {
  response.write(tail === null ? ': \n\n' : `: \nid: ${tail}\n\n`);
}

/** What happened of late, and how far that is known. */
interface News {
  readonly tail: string;
  /** Reads on, to the end of the log or until it is much. */
  read(store: Pick<Store, 'changes'>): Promise<Fresh>;
  /** Counts it as known. */
  take(fresh: Fresh): void;
  /** What came after a cursor; null where that is not known here. */
  after(cursor: string): Change[] | null;
}

interface Fresh {
  changes: Change[];
  tail: string;
}

async function latest(store: Pick<Store, 'changes'>): Promise<News> {
  const page = await store.changes({ after: 'now', kinds: null, limit: 1 });
  let tail = page?.nextCursor ?? 'start';
  let recent: Change[] = [];
  return {
    get tail() {
      return tail;
    },
    async read(from) {
      const fresh: Fresh = { changes: [], tail };
      for (let hasMore = true; hasMore; ) {
        const next = await from.changes({ after: fresh.tail, kinds: null, limit: EVENTS_AT_ONCE_MAX });
        if (next === null) throw new Error('The log lost its end.');
        fresh.changes.push(...next.changes);
        fresh.tail = next.nextCursor;
        hasMore = next.hasMore && fresh.changes.length < EVENTS_RECENT_MAX;
      }
      return fresh;
    },
    take(fresh) {
      tail = fresh.tail;
      recent = [...recent, ...fresh.changes].slice(-EVENTS_RECENT_MAX);
    },
    after(cursor) {
      if (cursor === tail) return [];
      const at = recent.findIndex((change) => change.cursor === cursor);
      return at < 0 ? null : recent.slice(at + 1);
    },
  };
}
