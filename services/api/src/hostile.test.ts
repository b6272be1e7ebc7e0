import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { developmentData } from '../../../test/support/shared.ts';
import { startTestService, type TestService } from './testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const OWN = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202Egnp.exe',
  '%00',
  "'; drop table article; --",
  '{{7*7}}',
  '\\',
  '𝕿𝖊𝖝𝖙',
  '0\u0301'.repeat(50),
];

async function survives(strings: string[]): Promise<void> {
  const words = strings.map((text, index) => ({
    text: `${index} ${text}`,
    title: text.slice(0, 900),
    source: text.slice(0, 200),
  }));
  const response = await service.ask('/v1/articles', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(words),
  });
  expect(response.status).toBe(202);
  const { items } = (await response.json()) as { items: { id: string }[] };
  expect(items.filter(({ id }) => id === undefined)).toEqual([]);
  for (const { id } of items) {
    const record = await service.store.article(id);
    expect(record?.state).toBe('submitted');
  }
  for (const text of strings) {
    const asked = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
    for (const path of [`/v1/stories?q=${asked}`, `/v1/stories?source=${asked}`, `/v1/stories?cursor=${asked}`]) {
      expect([200, 400]).toContain((await service.ask(path)).status);
    }
    for (const path of [
      `/?q=${asked}&source=${asked}`,
      `/stories/x${asked}`,
      `/articles/x${asked}`,
      `/articles?url=${asked}`,
    ]) {
      expect([200, 400, 404]).toContain((await service.ask(path, { headers: { accept: 'text/html' } })).status);
    }
  }
}

test('strings that break software are taken, kept and searched for', () => survives(OWN));

test('so are those of a public list', async (context) => {
  const path = developmentData('data/hostile/naughty-strings.json');
  if (path === null) return context.skip('the development data is not here');
  const strings: string[] = JSON.parse(readFileSync(path, 'utf8'));
  await survives(strings);
  expect(service.log()).not.toContain('"msg":"bug"');
});
