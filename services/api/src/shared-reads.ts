import type { Store } from '@wirefold/store';

type Read<Value> = () => Promise<Value>;
type SharedStore = Pick<
  Store,
  'stories' | 'story' | 'storyHeads' | 'feedItems' | 'outlets' | 'namedAlike' | 'decisionsOf'
>;

/**
 * Lets those who ask the same at the same time share one answer. Whoever comes while a read is under way waits for the next one, and all
 * who wait share it: so nobody is given what was read before he asked, and no answer outlives its readers.
 */
export function createSharing(): <Value>(key: string, read: Read<Value>) => Promise<Value> {
  const reads = new Map<string, { current: Promise<unknown>; next: Promise<unknown> | null }>();
  const start = <Value>(key: string, read: Read<Value>): Promise<Value> => {
    const current = read();
    const state: { current: Promise<unknown>; next: Promise<unknown> | null } = { current, next: null };
    reads.set(key, state);
    const end = () => {
      if (state.next === null) reads.delete(key);
    };
    current.then(end, end);
    return current;
  };
  return <Value>(key: string, read: Read<Value>) => {
    const state = reads.get(key);
    if (state === undefined) return start(key, read);
    const again = () => start(key, read);
    state.next ??= state.current.then(again, again);
    // One key stands for one question, and so for one type of answer.
    return state.next as Promise<Value>;
  };
}

/** The reads that many readers make alike, shared among those who make them at the same time. */
export function sharedReads(store: Store): Store {
  const share = createSharing();
  const shared: SharedStore = {
    stories: (query) => share(`stories ${JSON.stringify(query)}`, () => store.stories(query)),
    story: (id) => share(`story ${id}`, () => store.story(id)),
    storyHeads: (query) => share(`heads ${JSON.stringify(query)}`, () => store.storyHeads(query)),
    feedItems: (ids) => share(`items ${JSON.stringify(ids)}`, () => store.feedItems(ids)),
    namedAlike: (id, bounds) => share(`named ${JSON.stringify([id, bounds])}`, () => store.namedAlike(id, bounds)),
    decisionsOf: (id) => share(`decisions ${id}`, () => store.decisionsOf(id)),
    outlets: (limit) => share(`outlets ${limit}`, () => store.outlets(limit)),
  };
  return { ...store, ...shared };
}
