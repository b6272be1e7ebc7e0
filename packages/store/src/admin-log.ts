/** What an administrator can do that nothing else remembers; the same words as the API's. */
export const ADMIN_ACTS = [
  'key-created',
  'key-revoked',
  'webhook-added',
  'webhook-paused',
  'webhook-enabled',
  'webhook-removed',
  'article-removed',
] as const;

/** One thing that somebody did. */
export interface AdminAct {
  kind: (typeof ADMIN_ACTS)[number];
  /** Id of what it was done to. */
  subject: string;
  /** What it was, in words; empty where its id says all. */
  detail: string;
  /** Name of the key that did it, or another word for who it was. */
  by: string;
}

export interface AdminLogEntry extends AdminAct {
  at: string;
}

/** What administrators did. Part of the store. */
export interface AdminLogStore {
  /** Keeps a line; of more than 10,000 the oldest go. */
  logAct(act: AdminAct): Promise<void>;
  /** Newest first. `cursor` as the page before gave it; throws `BadCursor`. */
  adminLog(query: {
    limit: number;
    cursor: string | null;
  }): Promise<{ entries: AdminLogEntry[]; nextCursor: string | null }>;
}
