import type { AccessStore, KnownKey } from '@wirefold/store';
import { KEYS_FRESH_MS } from '../limits.ts';
import { idOf, isKey } from './key.ts';

/** As coarse as the store keeps it. */
const USE_NOTED_EVERY_MS = 3_600_000;

/** All keys, at hand in this process. */
export interface KeyRing {
  isEmpty(): Promise<boolean>;
  /** The key with this text; null where there is none. */
  find(key: string): Promise<KnownKey | null>;
  byId(id: string): Promise<KnownKey | null>;
  /** Notes, once an hour, that a key is in use. */
  noteUse(id: string): void;
  /** Forgets what is at hand, after a key came or went. */
  refresh(): void;
}

/** Keys are read again every `KEYS_FRESH_MS`; so requests with wrong keys, however many, do not ask the store. */
export function createKeyRing(store: Pick<AccessStore, 'keys' | 'keyUsed'>, now: () => Date): KeyRing {
  let read: { keys: Promise<Map<string, KnownKey>>; atMs: number } | null = null;
  const usedAtMs = new Map<string, number>();
  const keys = (): Promise<Map<string, KnownKey>> => {
    const nowMs = now().getTime();
    if (read !== null && nowMs - read.atMs < KEYS_FRESH_MS) return read.keys;
    const asked = store.keys().then((all) => new Map(all.map((key) => [key.id, key])));
    const current = { keys: asked, atMs: nowMs };
    read = current;
    // A failure is not kept: the next request asks again.
    asked.catch(() => {
      if (read === current) read = null;
    });
    return asked;
  };
  const noteUse = (id: string): void => {
    const nowMs = now().getTime();
    if (nowMs - (usedAtMs.get(id) ?? 0) < USE_NOTED_EVERY_MS) return;
    usedAtMs.set(id, nowMs);
    // Who used a key last is worth less than the answer that waits for it.
    store.keyUsed(id).catch(() => usedAtMs.delete(id));
  };
  return {
    isEmpty: async () => (await keys()).size === 0,
    noteUse,
    byId: async (id) => (await keys()).get(id) ?? null,
    async find(text) {
      const id = idOf(text);
      const key = id === null ? undefined : (await keys()).get(id);
      if (key === undefined || !isKey(text, key.digest)) return null;
      noteUse(key.id);
      return key;
    },
    refresh() {
      read = null;
    },
  };
}
