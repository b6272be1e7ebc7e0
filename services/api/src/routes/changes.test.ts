import type { ChangePage } from '@wirefold/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const changes = async (query = '') => (await (await service.ask(`/v1/changes${query}`)).json()) as ChangePage;
const print = (name: string) => ({ source: 'Harbour Gazette', title: name, body: `The ferry ${name} sailed at noon.` });

it('the log is read from its start, from a cursor, or from now on', async () => {
  await publish(service.store, 's-one', [print('one')]);
  const { nextCursor } = await changes('?since=now');
  await publish(service.store, 's-two', [print('two')]);
  const whole = await changes();
  expect(whole).toMatchObject({
    changes: [
      { storyId: 's-one', kind: 'created', at: expect.any(String), cursor: nextCursor, detail: {} },
      { storyId: 's-two', kind: 'created' },
    ],
    hasMore: false,
  });
  expect((await changes(`?since=${nextCursor}`)).changes).toEqual(whole.changes.slice(1));
  expect(await changes('?limit=1')).toMatchObject({ changes: [{ storyId: 's-one' }], nextCursor, hasMore: true });
  expect(await changes('?kinds=merged,split')).toMatchObject({ changes: [], nextCursor: whole.nextCursor });
});

it.each([
  ['?since=nonsense', 'since'],
  ['?kinds=created,born', 'kinds'],
  ['?limit=1001', 'limit'],
  ['?after=x', 'after'],
])('%s is refused, and the answer says which parameter is wrong', async (query, parameter) => {
  const response = await service.ask(`/v1/changes${query}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ type: '/problems/invalid-query', errors: [{ parameter }] });
});

it('a cursor that the log does not hold is answered 410, with what to do', async () => {
  const response = await service.ask(`/v1/changes?since=${Buffer.from('c99999999').toString('base64url')}`);
  expect(response.status).toBe(410);
  expect(await response.json()).toMatchObject({ type: '/problems/cursor-expired' });
  expect(await (await service.ask('/problems/cursor-expired')).text()).toContain('since=now');
});
