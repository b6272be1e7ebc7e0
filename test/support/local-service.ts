import { startService } from '@wirefold/all';
import { PARAMS } from '@wirefold/dedup';
import { openPostgresQueue } from '@wirefold/queue';
import { createEvents, readConfig } from '@wirefold/runtime';
import { openStore } from '@wirefold/store';
import { forgetEverything } from './forget.ts';
import { eventually } from './wirefold.ts';

const END_DEADLINE_MS = 60_000;

/** Wirefold in this process, on a store in memory, reached by HTTP. */
export interface LocalService {
  baseUrl: string;
  get(path: string): Promise<unknown>;
  /** Submits items, waits until they, and the cards found on them, have ended, and gives their ids. */
  push(items: object[]): Promise<string[]>;
  /** Changes the store behind the service's back, in one transaction. */
  change(statements: readonly string[]): Promise<void>;
  /** Back to an empty store. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** `settings` go beside those that every such service has. */
export async function startInMemory(settings: Record<string, string> = {}): Promise<LocalService> {
  const read = readConfig({ PORT: '0', SWEEP_EVERY_MS: '1000', ...settings });
  if (!read.ok) throw new Error(read.problems.join('; '));
  const events = createEvents({ level: 'error', service: 'test' });
  const opened = await openStore({ databaseUrl: null, dataDir: null, signatureVersion: PARAMS.version });
  const queue = await openPostgresQueue({ pool: opened.pool, onError: (cause) => events.queueUnavailable({ cause }) });
  const engines = { store: opened.store, queue, description: 'in memory', close: async () => {} };
  const { url, parts } = await startService({ config: read.config, events, engines });
  const get = async (path: string) => (await fetch(url + path)).json() as Promise<unknown>;
  return {
    baseUrl: url,
    get,
    async push(items) {
      const answer = await fetch(`${url}/v1/articles`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(items),
      });
      const { items: receipts } = (await answer.json()) as { items: { id: string }[] };
      const ids = receipts.map(({ id }) => id);
      await eventually(() => allEnded(get, ids), END_DEADLINE_MS);
      return ids;
    },
    async change(statements) {
      await opened.pool.query(`begin; ${statements.join(';')}; commit`);
    },
    forget: () => forgetEverything(opened),
    async close() {
      for (const part of parts.toReversed()) await part.close();
      await queue.close();
      await opened.store.close();
    },
  };
}

/** Whether the articles and the cards on their pages are done or failed. */
async function allEnded(get: (path: string) => Promise<unknown>, ids: string[]): Promise<boolean> {
  for (const id of ids) {
    const article = (await get(`/v1/articles/${id}`)) as { state: string; cards: string[] };
    if (article.state !== 'done' && article.state !== 'failed') return false;
    if (!(await allEnded(get, article.cards))) return false;
  }
  return true;
}
