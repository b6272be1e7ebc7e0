import type { StoryEvent, StoryEventKind } from '@wirefold/story';

/** An event of the log. `cursor` is its place: what came later is read from there. */
export interface Change extends StoryEvent {
  cursor: string;
  /** ISO time. The order is that of the log, whatever the clock did. */
  at: string;
}

export interface ChangeQuery {
  /** Events later than this cursor; `start` is as far back as the log goes, `now` its end. */
  after: string;
  /** Only events of these kinds; null for all. */
  kinds: readonly StoryEventKind[] | null;
  limit: number;
}

export interface ChangePage {
  changes: Change[];
  /** From where to go on, also where nothing came. */
  nextCursor: string;
  /** Whether more can be read at once. A page may have more after it and be empty, where kinds were left out. */
  hasMore: boolean;
}

/** The log of what happened to stories, as it is read by others. Part of the store. */
export interface ChangeLogStore {
  /**
   * Events in the order of the log. Whoever goes on from `nextCursor` sees each event once, whatever is written meanwhile.
   * @returns null where the log does not go back to this cursor, or never came to it (as after a backup was restored)
   * @throws BadCursor for what is no cursor of the log
   */
  changes(query: ChangeQuery): Promise<ChangePage | null>;
  /**
   * Takes events that are older than `days` out of what `changes` reads; looks at `limit` at most. The newest 500 of each live story
   * stay for its page.
   * @returns how many were looked at, and how many rows were deleted
   */
  pruneChanges(options: { days: number; limit: number }): Promise<{ seen: number; deleted: number }>;
}
