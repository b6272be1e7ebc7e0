import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from './testing/press.ts';
import { startTestService, type TestService } from './testing/service.ts';

const FERRY =
  'The last car ferry to the outer islands will sail on Sunday, a month before the bridge is ready, its operator said on Tuesday. ' +
  'It has crossed the sound for 44 years, and carried 4,100 islanders in its first week, when the captain wore a hat.';

let service: TestService;
let articleId = '';
beforeAll(async () => {
  service = await startTestService();
  [articleId = ''] = await publish(service.store, 's-ferry', [
    { url: 'https://courier.example/ferry', source: 'Courier', title: 'Last ferry sails', body: FERRY },
  ]);
});
afterAll(() => service.close());

const wordsOf = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

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
});

describe('the pages for webhooks', () => {
  const send = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    service.ask(path, { method: 'POST', headers, body: new URLSearchParams(form) });
  const look = async (path: string) => wordsOf(await (await service.ask(path)).text());
  let path = '';

  test('show how to begin, and add an address whose secret is shown this once', async () => {
    expect(await look('/webhooks')).toContain('No address is told yet.');
    const added = await send('/webhooks', {
      url: 'https://receiver.example/hook',
      'kind-created': 'yes',
      'kind-merged': 'yes',
    });
    expect([added.status, added.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const page = await added.text();
    const [secret = ''] = /whsec_[\w+/=]+/.exec(page) ?? [];
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    path = /href="(\/webhooks\/w[^"]+)"/.exec(page)?.[1] ?? '';
    const [list, own] = [await look('/webhooks'), await look(path)];
    expect(list).toMatch(
      /https:\/\/receiver\.example\/hook since .* created, merged Takes what it is told Pause Remove/,
    );
    expect(own).toContain('It was told nothing yet.');
    expect(list + own).not.toContain('whsec_');
  });

  test('pause and resume it', async () => {
    expect((await send(path, { do: 'pause' })).headers.get('location')).toBe(path);
    expect(await look('/webhooks')).toMatch(/Told nothing since .* It was paused by hand\. Resume Remove/);
    await send(path, { do: 'resume' });
    expect(await look('/webhooks')).toContain('Takes what it is told');
  });

  test('log what it was told, and send an event again', async () => {
    const id = path.split('/').at(-1) ?? '';
    await publish(service.store, 's-told', [
      { source: 'Courier', title: 'Told', body: 'The mayor has told the council of the leak.' },
    ]);
    const work = await service.store.claimWebhook(id, { leaseMs: 1_000, limit: 1 });
    const [change] = work?.changes ?? [];
    if (work === null || change === undefined) throw new Error('there was nothing to tell');
    const failed = { status: 503, reason: 'http-server-error', next: { retryAfterMs: 60_000 } };
    await service.store.settleDelivery({ id, token: work.token, change, isReplay: false, durationMs: 12.4, ...failed });
    await service.store.leaveWebhook(work);
    expect(await look(path)).toMatch(
      /1 failure in a row tried again at .* created .* Failed , 503: .* http-server-error 12 ms Send again/,
    );
    const markup = await (await service.ask(path)).text();
    const event = /name="event" value="([^"]+)"/.exec(markup)?.[1] ?? '';
    expect((await send(path, { do: 'replay', event })).headers.get('location')).toBe(path);
    const again = await service.store.claimWebhook(id, { leaseMs: 1_000, limit: 1 });
    expect(again?.replays).toMatchObject([{ storyId: 's-told' }]);
    for (const wrong of ['nothing', '']) expect((await send(path, { do: 'replay', event: wrong })).status).toBe(404);
  });

  test('remove it, and say what is not there or not right', async () => {
    expect((await send(path, { do: 'remove' })).headers.get('location')).toBe('/webhooks');
    expect((await send(path, { do: 'remove' })).status).toBe(404);
    expect((await service.ask(path)).status).toBe(404);
    expect((await send('/webhooks/none', { do: 'constructor' })).status).toBe(400);
    const wrong = await send('/webhooks', { url: 'ftp://receiver.example/' });
    expect([wrong.status, wordsOf(await wrong.text())]).toEqual([
      422,
      expect.stringContaining('must be an http or https URL'),
    ]);
    expect(
      (await send('/webhooks', { url: 'https://receiver.example/' }, { 'sec-fetch-site': 'cross-site' })).status,
    ).toBe(403);
    expect((await service.ask('/webhooks', { method: 'PATCH' })).status).toBe(405);
  });
});

// The last ones: from the first key on every request needs one.
describe('with keys', () => {
  let admin = '';

  test('a match needs one that reads, webhooks the highest', async () => {
    const make = async (scope: string, key = '') => {
      const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
      const body = JSON.stringify({ name: scope, scopes: [scope] });
      return ((await (await service.ask('/v1/keys', { method: 'POST', headers, body })).json()) as { key: string }).key;
    };
    admin = await make('admin');
    const authorization = `Bearer ${await make('read', admin)}`;
    const statusOf = async (path: string, init?: RequestInit) => (await service.ask(path, init)).status;
    const match = { method: 'POST', body: new URLSearchParams({ text: FERRY }) };
    expect(await statusOf('/match', match)).toBe(401);
    expect(await statusOf('/match', { ...match, headers: { authorization } })).toBe(200);
    expect(await statusOf('/submit', { method: 'POST', headers: { authorization } })).toBe(403);
    expect(await statusOf('/v1/admin-log', { headers: { authorization } })).toBe(403);
    for (const path of ['/webhooks', '/webhooks/none']) {
      expect(await statusOf(path, { headers: { authorization } })).toBe(403);
      expect(await statusOf(path, { method: 'POST', headers: { authorization } })).toBe(403);
    }
  });

  test('what administrators do is written down, with the key that did it', async () => {
    const headers = { authorization: `Bearer ${admin}` };
    const send = (path: string, form: Record<string, string>) =>
      service.ask(path, { method: 'POST', headers, body: new URLSearchParams(form) });
    const page = await (await send('/webhooks', { url: 'https://receiver.example/log' })).text();
    const path = /href="(\/webhooks\/w[^"]+)"/.exec(page)?.[1] ?? '';
    for (const act of ['pause', 'resume', 'remove', 'remove']) await send(path, { do: act });
    await service.ask(`/v1/articles/${articleId}`, { method: 'DELETE', headers });
    const { keys } = (await (await service.ask('/v1/keys', { headers })).json()) as {
      keys: { id: string; name: string }[];
    };
    const read = keys.find(({ name }) => name === 'read')?.id;
    await service.ask(`/v1/keys/${read}`, { method: 'DELETE', headers });
    const { entries } = (await (await service.ask('/v1/admin-log?limit=8', { headers })).json()) as {
      entries: { kind: string; subject: string; by: string; detail: string }[];
    };
    const id = path.split('/').at(-1);
    expect(entries.map(({ kind, subject, by }) => [kind, subject, by])).toEqual([
      ['key-revoked', read, 'admin'],
      ['article-removed', articleId, 'admin'],
      ['webhook-removed', id, 'admin'],
      ['webhook-enabled', id, 'admin'],
      ['webhook-paused', id, 'admin'],
      ['webhook-added', id, 'admin'],
      ['key-created', read, 'admin'],
      ['key-created', expect.any(String), 'somebody without a key'],
    ]);
    expect(entries[5]?.detail).toBe('https://receiver.example/log');
  });
});
