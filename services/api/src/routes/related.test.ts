import { namesIn } from '@wirefold/story';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

const at = (day: string) => ({ at: `${day}T08:00:00.000Z`, uncertaintyMs: 0, evidence: day });
const BODY =
  'The ferry Morven ran aground off Skarvik on Tuesday morning with eighty people on board, the coastguard said. ' +
  'Its captain, Orla Finch, had warned about the charts of Skarvik before, and nobody answered her letters.';
const OTHER =
  'Eighty passengers were taken ashore in boats after the Morven struck a rock near Skarvik, and none was hurt. ' +
  'The captain of the ship, Orla Finch, blamed a chart that is forty years old, and the owner said nothing.';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const story = (id: string, body: string, published = at('2026-03-10')) =>
    publish(service.store, id, [{ source: `Paper ${id}`, title: `Aground ${id}`, body, published }]);
  await story('s1', BODY);
  await story('s2', OTHER);
  await story('s3', `${OTHER} A year later nobody remembers.`, at('2026-05-10'));
  await story(
    's4',
    'The council of the town will build a new swimming pool beside the old one, its leader said on Friday.',
  );
  await publish(service.store, 's5', [{ source: 'Late', title: 'Late', body: `${BODY} Late.` }], ['s4']);
  await service.store.nameStories(100, namesIn);
});
afterAll(() => service.close());

test('a story has the other texts about its event, with the names that say so', async () => {
  const answer = await service.ask('/v1/stories/s1/related');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    days: 3,
    related: [
      {
        story: expect.objectContaining({ id: 's2', title: 'Aground s2', mirrorCount: 0 }),
        names: ['Skarvik', 'Morven', 'Orla Finch'],
        heads: 3,
        agreement: expect.closeTo(1, 0),
      },
    ],
  });
});

test('its page shows them below the copies', async () => {
  const page = await (await service.ask('/stories/s2')).text();
  expect(page).toMatch(/id="related"[\s\S]*href="\/stories\/s1"[\s\S]*Both name/);
  expect(await (await service.ask('/stories/s3')).text()).not.toContain('id="related"');
});

test('a merged id leads to the story that lives, and one that never was is not found', async () => {
  const merged = await service.ask('/v1/stories/s4/related');
  expect(merged.status).toBe(301);
  expect(merged.headers.get('location')).toBe('/v1/stories/s5/related');
  expect(await merged.json()).toEqual({ id: 's5', redirectedFrom: 's4' });
  expect((await service.ask('/v1/stories/none/related')).status).toBe(404);
});
