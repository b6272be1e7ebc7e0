export { BadCursor } from './cursor.ts';
export type * from './hosts.ts';
export { type OpenedStore, openStore, type StoreOptions } from './open.ts';
export { MIRRORS_SHOWN_MAX } from './queries/stories.ts';
export { RecentCache } from './recent-cache.ts';
export type * from './store.ts';
export { newStoryId } from './story-id.ts';
export type * from './upkeep.ts';
