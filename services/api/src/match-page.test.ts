import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from './testing/press.ts';
import { startTestService, type TestService } from './testing/service.ts';

const FERRY =
  'The last car ferry to the outer islands will sail on Sunday, a month before the bridge is ready, its operator said on Tuesday. ' +
  'It has crossed the sound for 44 years, and carried 4,100 islanders in its first week, when the captain wore a hat.';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await publish(service.store, 's-ferry', [
    { url: 'https://courier.example/ferry', source: 'Courier', title: 'Last ferry sails', body: FERRY },
  ]);
});
afterAll(() => service.close());

describe('the page for a match', () => {
  const send = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await service.ask('/match', { method: 'POST', headers, body: new URLSearchParams(form) });
    const page = await response.text();
    return { status: response.status, page, words: page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') };
  };

  test('is a form without an answer at first', async () => {
    const page = await (await service.ask('/match')).text();
    expect(page).toMatch(/<form[^>]* action="\/match" method="post">/);
    expect(page).toContain('At most 512 KiB');
    expect(page).not.toContain('No copy known');
  });

  test('shows the story of a copy, the figures, and what it changed', async () => {
    const { status, page, words } = await send({ text: FERRY.replace('wore a hat', 'had a hat'), title: 'A ferry' });
    expect(status).toBe(200);
    expect(words).toContain('It is a copy');
    expect(page).toContain('href="/stories/s-ferry"');
    expect(words).toMatch(/Jaccard 0\.\d{3} ; the known text holds \d\d\.\d % of what was sent/);
    expect(words).toMatch(/\(removed: wore ?\)[\s\S]*\(added: had ?\)/);
    expect(words).toContain('Why it is a copy');
    expect(page).toContain('value="A ferry"');
  });

  test('takes the HTML of a page', async () => {
    expect((await send({ text: `<!doctype html><article><h1>Ferry</h1><p>${FERRY}</p></article>` })).words).toContain(
      'It is a copy',
    );
  });

  test('shows the nearest text, and why it is none', async () => {
    const other =
      'The last car ferry to the outer islands was painted green in the spring by children of the school. Nobody had asked the owner of the ship, who laughed about it and bought them all an ice cream on the quay.';
    const { words } = await send({ text: other });
    expect(words).toContain('No copy known');
    expect(words).toMatch(/The nearest: Last ferry sails[\s\S]*Why it is no copy/);
  });

  test('says that nothing is near where no text shares anything', async () => {
    const none =
      'Ten thousand sheep grazed quietly beside disused railway embankments while botanists photographed orchids nobody recorded since wartime.';
    expect((await send({ text: none })).words).toContain('None of them is near it.');
  });

  test('says in words what cannot be matched', async () => {
    const short = await send({ text: 'Too short.' });
    expect([short.status, short.words]).toEqual([422, expect.stringContaining('This cannot be matched')]);
    expect((await send({ text: ' ' })).words).toContain('has neither text nor html');
    const large = await send({ text: 'word '.repeat(110_000) });
    expect([large.status, large.words]).toEqual([422, expect.stringContaining('is larger than 524288 bytes')]);
    expect((await send({ text: 'x'.repeat(1_700_000) })).status).toBe(413);
  });

  test('keeps what was sent as text and not as markup, and takes nothing from other sites', async () => {
    const { page } = await send({ text: `</textarea><script>alert(1)</script> ${FERRY}` });
    expect(page).not.toContain('<script>alert');
    expect((await send({ text: FERRY }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  // The last one: from the first key on every request needs one.
  test('needs a key that reads, and no more', async () => {
    const make = async (scope: string, key = '') => {
      const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
      const body = JSON.stringify({ name: scope, scopes: [scope] });
      return ((await (await service.ask('/v1/keys', { method: 'POST', headers, body })).json()) as { key: string }).key;
    };
    const authorization = `Bearer ${await make('read', await make('admin'))}`;
    expect((await send({ text: FERRY })).status).toBe(401);
    expect((await send({ text: FERRY }, { authorization })).status).toBe(200);
    const submitted = await service.ask('/submit', { method: 'POST', headers: { authorization } });
    expect(submitted.status).toBe(403);
  });
});
