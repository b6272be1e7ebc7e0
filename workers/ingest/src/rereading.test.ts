import { judge } from '@wirefold/dedup';
import { newStoryId } from '@wirefold/store';
import { decideStories } from '@wirefold/story';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Loopback, serveHttp } from './testing/loopback.ts';
import { newsPage, openStage, type Stage, until, urlSubmission } from './testing/stage.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const TEST_TIMEOUT_MS = 20_000;

let stage: Stage;
let server: Loopback;
/** What the site answers now, by path. */
let answers: Record<string, { status: number; headers?: Record<string, string>; body?: string }>;
let asked: string[];

beforeAll(async () => {
  stage = await openStage();
  server = await serveHttp((request, response) => {
    const { url = '', headers } = request;
    const answer = answers[url];
    if (url !== '/robots.txt') asked.push(`${url} ${headers['if-none-match'] ?? '-'}`);
    if (answer === undefined) return void response.writeHead(404, HTML).end('Not here.');
    const isKnown = answer.headers?.etag !== undefined && headers['if-none-match'] === answer.headers.etag;
    response.writeHead(isKnown ? 304 : answer.status, { ...HTML, ...answer.headers }).end(isKnown ? '' : answer.body);
  });
  await stage.start({ 'again.test': server.port });
}, 120_000);
beforeEach(() => {
  answers = {};
  asked = [];
});
afterAll(async () => {
  await stage.close();
  await server.close();
});

const decide = decideStories({ judge, windowDays: 0, newStoryId });

/** What cluster does with an article whose text nobody else prints. */
async function place(id: string): Promise<void> {
  const claims = await stage.store.claim('cluster', [id], 60_000);
  await stage.store.assign(claims, [], decide);
}

/** Submits, waits until ingest is done with it, and places what is to be placed. */
async function read(path: string, refetch: boolean, html?: string) {
  const pushed = html === undefined ? null : ({ kind: 'html', html } as const);
  const [id = ''] = await stage.submit({ ...urlSubmission(`http://again.test${path}`, pushed), refetch });
  const record = await stage.ended(id);
  if (record.state === 'signed') await place(id);
  return until(async () => stage.store.article(id));
}

const page = (title: string, place?: string, etag?: string) => {
  return { status: 200, body: newsPage(title, place), ...(etag !== undefined && { headers: { etag } }) };
};
const isSignedOnce = (id: string) =>
  stage.lines
    .filter(({ msg, articleId }) => msg === 'ingested' && articleId === id)
    .map(({ isUnchanged }) => isUnchanged);
const signings = async (id: string) =>
  (await stage.query(`select signings, revision from content where article_id = '${id}'`)).rows[0];

describe('a page that is read again', { timeout: TEST_TIMEOUT_MS }, () => {
  it('and answers 304 is done, with nothing read or signed', async () => {
    answers['/same'] = page('Bridge', 'Sameton', 'W/"1"');
    const { id } = await read('/same', false);
    expect(await read('/same', true)).toMatchObject({ state: 'done', reason: null, reading: { revision: 1 } });
    expect(asked).toEqual(['/same -', '/same W/"1"']);
    expect(await signings(id)).toEqual({ signings: 1, revision: 1 });
    expect(isSignedOnce(id)).toEqual([undefined, true]);
    expect((await stage.store.hosts({ limit: 1, name: 'again.test' }))[0]?.lastDay).toMatchObject({ unchanged: 1 });
  });

  it('and is sent with the same text is done without being signed or placed', async () => {
    answers['/sent'] = page('Bridge', 'Sentham', '"1"');
    const { id } = await read('/sent', false);
    answers['/sent'] = page('Bridge', 'Sentham', '"2"');
    expect(await read('/sent', true)).toMatchObject({ state: 'done' });
    expect(await signings(id)).toEqual({ signings: 1, revision: 1 });
    await read('/sent', true);
    expect(asked).toEqual(['/sent -', '/sent "1"', '/sent "2"']);
  });

  it('with another text is a revision, signed and placed again', async () => {
    answers['/live'] = page('Bridge', 'Old Livermore');
    const { id, words } = await read('/live', false);
    answers['/live'] = page('Bridge', 'Livermore');
    const record = await read('/live', true);
    expect(record).toMatchObject({ state: 'done', reading: { revision: 2 } });
    expect(record.words).not.toBe(words);
    expect((await stage.store.revision(id, 1))?.revision.body).toContain('Old Livermore');
    expect(await stage.store.audit({ deadlineMs: 60_000 })).toEqual([]);
  });

  it('with another title is a revision with the signature that it had', async () => {
    answers['/title'] = page('Bridge shut', 'Titleford');
    const { id, story } = await read('/title', false);
    const hashes = async () => (await stage.store.revisions(id))?.revisions.map(({ textHash }) => textHash);
    answers['/title'] = page('Bridge to open in June', 'Titleford');
    expect(await read('/title', true)).toMatchObject({ story, reading: { revision: 2 } });
    expect(new Set(await hashes()).size).toBe(1);
    expect((await stage.store.story(story ?? ''))?.story.title).toBe('Bridge to open in June');
    const { rows } = await stage.query(
      `select c.furniture_version = s.furniture_version as is_fresh from content c join source s on s.key = c.source_key
       where c.article_id = '${id}'`,
    );
    expect(rows).toEqual([{ is_fresh: true }]);
  });
});

describe('content that is pushed again', { timeout: TEST_TIMEOUT_MS }, () => {
  it('with another text is a revision, and with the text that is known is none', async () => {
    const { id } = await read('/pushed', false, newsPage('Bridge', 'Pushwick'));
    const padded = newsPage('Bridge', 'Pushwick').replace('<nav>', '<nav><a href="/new">New</a>');
    expect(await read('/pushed', false, padded)).toMatchObject({ state: 'done', reading: { revision: 1 } });
    expect(await signings(id)).toMatchObject({ signings: 1 });
    expect(await read('/pushed', false, newsPage('Bridge', 'Pullwick'))).toMatchObject({ reading: { revision: 2 } });
    expect(asked).toEqual([]);
  });

  it('with a vaguer time that agrees keeps the time that was known', async () => {
    const at = (time: string) =>
      newsPage('Bridge', 'Timeham').replace(
        '</head>',
        `<meta property="article:published_time" content="${time}"></head>`,
      );
    const first = await read('/time', false, at('2026-03-01T08:00:00Z'));
    const later = await read('/time', false, at('2026-03-01'));
    expect(first.article?.published?.uncertaintyMs).toBe(0);
    expect(later).toMatchObject({ reading: { revision: 1 }, article: { published: first.article?.published } });
  });
});

describe('a page that fails when it is read again', { timeout: TEST_TIMEOUT_MS }, () => {
  it.each([
    [{ status: 403 }, 'http-forbidden'],
    [{ status: 200, body: '<!doctype html><title>Bridge</title><p>Soon more.</p>' }, 'thin'],
    [{ status: 302, headers: { location: '/' } }, 'error-page'],
  ])('by %j leaves the article done with its text, and says why: %s', async (answer, reason) => {
    const path = `/fails-${reason}`;
    answers['/'] = page('Front page', 'Frontenay');
    answers[path] = page('Bridge', 'Failham', '"1"');
    const { id, article } = await read(path, false);
    answers[path] = answer;
    expect(await read(path, true)).toMatchObject({ state: 'done', reason, article: { body: article?.body } });
    // What failed to be read is not frozen: the next answer is compared with the last good one.
    answers[path] = page('Bridge', 'Later Failham', '"2"');
    expect(await read(path, true)).toMatchObject({ state: 'done', reason: null, reading: { revision: 2 } });
    expect(asked.at(-1)).toBe(`${path} "1"`);
    expect((await stage.store.article(id))?.reading.gone).toBeNull();
  });
});

describe('a page that is gone', { timeout: TEST_TIMEOUT_MS }, () => {
  it.each([
    [410, 'http-gone'],
    [451, 'http-unavailable-legally'],
  ])('by %i marks its article at once, and an answer brings it back', async (status, reason) => {
    const path = `/gone-${status}`;
    answers[path] = page('Bridge', 'Goneham', '"1"');
    const { story } = await read(path, false);
    answers[path] = { status };
    expect(await read(path, true)).toMatchObject({ state: 'done', story, reading: { gone: { reason } } });
    answers[path] = page('Bridge', 'Goneham', '"1"');
    const back = await read(path, true);
    expect(back).toMatchObject({ state: 'done', story, reading: { gone: null, revision: 1 } });
    expect(back.article?.body).toContain('Goneham');
  });

  it('by 404 is believed at the second time only', async () => {
    answers['/maybe'] = page('Bridge', 'Maybury');
    const { id, story } = await read('/maybe', false);
    delete answers['/maybe'];
    const doubted = await read('/maybe', true);
    expect(doubted).toMatchObject({ state: 'submitted', reason: 'http-not-found', story, reading: { gone: null } });
    expect(Date.parse(doubted.nextAttemptAt ?? '') - Date.now()).toBeGreaterThan(500_000);
    await stage.query(`update article set next_at = now() where id = '${id}'`);
    await stage.queue.add('ingest', [[id]]);
    await until(async () => ((await stage.store.article(id))?.state === 'signed' ? true : null));
    await place(id);
    expect(await stage.store.article(id)).toMatchObject({ story, reading: { gone: { reason: 'http-not-found' } } });
    expect(await stage.store.audit({ deadlineMs: 60_000 })).toEqual([]);
  });

  it('fails with its reason where it was never read', async () => {
    answers['/never'] = { status: 451 };
    expect(await read('/never', false)).toMatchObject({ state: 'failed', reason: 'http-unavailable-legally' });
  });
});

it('a live blog that is read time after time is one article, alone in its story', async () => {
  answers['/blog'] = page('Bridge', 'Blogton');
  const { story } = await read('/blog', false);
  for (const more of ['Rain is forecast for the week.', 'The work was put off to April, the council said.']) {
    answers['/blog'] = {
      status: 200,
      body: newsPage('Bridge', 'Blogton').replace('</article>', `<p>${more}</p></article>`),
    };
    await read('/blog', true);
    expect((await stage.store.story(story ?? ''))?.story).toMatchObject({ copies: 1, mirrors: 0 });
  }
});
