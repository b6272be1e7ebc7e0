import type { JobBoard, Queue } from '@wirefold/queue';
import { expect, test } from 'vitest';

type Routes = Parameters<JobBoard['setApiRoutes']>[0];
type Queues = Parameters<JobBoard['setQueues']>[0];

/** Every engine's queue shows its jobs on bull-board, and lets nobody change them there. */
export function boardTests(current: () => { queue: Queue }): void {
  test('the board shows every queue, its jobs and its database, and changes nothing', async () => {
    const { queue } = current();
    await queue.add('ingest', [['a1', 'a2'], ['a3']]);
    const ask = await boardOf(queue);
    const { body } = await ask('get', '/api/queues', { activeQueue: 'wirefold-ingest' });
    const [ingest, ...others] = body.queues;
    expect(ingest).toMatchObject({ name: 'wirefold-ingest', readOnlyMode: true, counts: { waiting: 2, active: 0 } });
    expect(ingest.jobs.map(({ data }: { data: unknown }) => data)).toEqual(
      expect.arrayContaining([
        { v: 1, ids: ['a1', 'a2'] },
        { v: 1, ids: ['a3'] },
      ]),
    );
    expect(ingest.jobs[0].externalUrl.href).toMatch(/^\/articles\/a[13]$/);
    expect(others.map(({ name }: { name: string }) => name)).toEqual(
      ['cluster', 'deliver', 'feeds'].map((name) => `wirefold-${name}`),
    );
    expect((await ask('get', '/api/redis/stats')).body).toMatchObject({ version: expect.stringMatching(/^\d/) });
    for (const deed of ['pause', 'empty', 'obliterate'])
      expect((await ask('put', `/api/queues/:queueName/${deed}`)).status).toBe(405);
    expect(await queue.depth('ingest')).toEqual({ waiting: 2, active: 0 });
  });
}

/** What bull-board answers, without any HTTP between. */
async function boardOf(queue: Queue) {
  const held: { routes: Routes; queues: Queues } = { routes: [], queues: new Map() };
  const board: JobBoard = {
    setQueues(queues) {
      held.queues = queues;
      return board;
    },
    setApiRoutes(routes) {
      held.routes = routes;
      return board;
    },
    setViewsPath: () => board,
    setStaticPath: () => board,
    setEntryRoute: () => board,
    setErrorHandler: () => board,
    setUIConfig: () => board,
  };
  await queue.showOn(board, { look: {}, articlePath: (id) => `/articles/${id}` });
  return async (method: string, path: string, query: Record<string, string> = {}) => {
    const route = held.routes.find((each) => each.method === method && each.route === path);
    const params = { queueName: 'wirefold-ingest' };
    const answer = await route?.handler({ queues: held.queues, uiConfig: {}, query, params, body: {}, headers: {} });
    return { status: answer?.status ?? 200, body: answer?.body as ReturnType<typeof JSON.parse> };
  };
}
