import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const remove = (id: string) => service.ask(`/v1/articles/${id}`, { method: 'DELETE' });
const BODY =
  'The last car ferry to the outer islands will sail on Sunday, a month before the bridge is ready to be opened.';

describe('removing an article', () => {
  test('is answered 204, and then nobody knows it', async () => {
    const [first = '', second = ''] = await publish(service.store, 's-ferry', [
      { source: 'Gazette', title: 'Ferry', body: BODY },
      { source: 'Courier', title: 'Ferry to stop', body: BODY },
    ]);
    const response = await remove(first);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect((await service.ask(`/v1/articles/${first}`)).status).toBe(404);
    const story = await (await service.ask('/v1/stories/s-ferry')).json();
    expect(story).toMatchObject({ copies: 1, canonical: { articleId: second } });
  });

  test('that does not exist is answered 404', async () => {
    const response = await remove('nowhere');
    expect([response.status, ((await response.json()) as { type: string }).type]).toEqual([404, '/problems/not-found']);
  });

  test('that was the last of its story leaves that story gone, for programs and for readers', async () => {
    const [id = ''] = await publish(service.store, 's-wheat', [
      { source: 'Courier', title: 'Wheat', body: `Wheat. ${BODY}` },
    ]);
    await remove(id);
    const response = await service.ask('/v1/stories/s-wheat');
    expect(response.status).toBe(410);
    expect(await response.json()).toMatchObject({ type: '/problems/gone', status: 410, endedAt: expect.any(String) });
    expect((await service.ask('/stories/s-wheat')).status).toBe(410);
    expect(await (await service.ask('/v1/stories')).text()).not.toContain('s-wheat');
    expect((await service.ask('/healthz')).status).toBe(200);
  });

  test('is one of the methods of its address', async () => {
    const response = await service.ask('/v1/articles/x', { method: 'PUT' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, DELETE']);
  });
});

describe('asking for a source', () => {
  test('says what was learned of it, and how far the upkeep is', async () => {
    await publish(service.store, 's-quay', [{ source: 'Quay', title: 'Quay', body: `Quay. ${BODY}` }]);
    const response = await service.ask('/v1/sources/quay');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      key: 'quay',
      name: 'Quay',
      articles: 1,
      stories: 1,
      furniture: { version: 0, learnedAt: null, examples: [] },
    });
    const queues = await (await service.ask('/v1/queues')).json();
    expect(queues).toMatchObject({ upkeep: { articlesStale: 0 } });
    expect(await (await service.ask('/metrics')).text()).toContain('wirefold_due_sources');
  });

  test('that nobody knows is answered 404', async () => {
    const response = await service.ask('/v1/sources/nowhere%00');
    expect([response.status, ((await response.json()) as { type: string }).type]).toEqual([404, '/problems/not-found']);
  });
});
