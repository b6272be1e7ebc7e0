import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Loopback, serveHttp } from './testing/loopback.ts';
import { newsPage, newsText, openStage, type Stage, textSubmission, until, urlSubmission } from './testing/stage.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const TEST_TIMEOUT_MS = 20_000;

let stage: Stage;
const servers: Loopback[] = [];

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterEach(async () => {
  await stage.stop();
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => stage.close());

type Answer = Parameters<typeof serveHttp>[0];

/** A site on loopback that answers by path. */
async function site(answers: Record<string, Answer>): Promise<number> {
  const server = await serveHttp((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404, HTML).end('Not here.');
    else answer(request, response);
  });
  servers.push(server);
  return server.port;
}

const pageOf =
  (title: string, place?: string): Answer =>
  (_, response) =>
    response.writeHead(200, HTML).end(newsPage(title, place));

describe('pushed content', { timeout: TEST_TIMEOUT_MS }, () => {
  it('is signed without a fetch, and handed to cluster', async () => {
    const handed: string[] = [];
    const cluster = await stage.queue.consume('cluster', async (ids) => void handed.push(...ids), { concurrency: 1 });
    await stage.start({});
    const ids = await stage.submit(
      textSubmission('Bridge to be repaired', newsText('Upper Marl'), 'Marl Gazette'),
      textSubmission('Bridge to be repaired', newsText('Lower Marl'), 'Marl Courier'),
      urlSubmission('https://pushed.test/bridge', {
        kind: 'html',
        html: newsPage('Old bridge repaired', 'Stone Ferry'),
      }),
    );
    for (const id of ids) expect(await stage.ended(id)).toMatchObject({ state: 'signed', reason: null });
    await until(async () => (ids.every((id) => handed.includes(id)) ? true : null));
    const [first, , page] = await Promise.all(ids.map((id) => stage.store.article(id)));
    expect(first?.article).toMatchObject({
      url: null,
      title: 'Bridge to be repaired',
      source: { name: 'Marl Gazette' },
    });
    expect(page?.article).toMatchObject({ url: 'https://pushed.test/bridge', title: 'Old bridge repaired' });
    expect(page?.article?.body).toContain('The town council of Stone Ferry');
    await cluster.close();
  });

  it('that is no article fails with the reason, and the others of its job do not', async () => {
    await stage.start({});
    const [thin, good] = await stage.submit(
      textSubmission('Short', 'Too little.'),
      textSubmission('Bridge', newsText('Good Hope')),
    );
    expect(await stage.ended(thin ?? '')).toMatchObject({ state: 'failed', reason: 'thin' });
    expect(await stage.ended(good ?? '')).toMatchObject({ state: 'signed' });
  });

  it('that is newer than a fetch under way wins, and what was fetched is not saved', async () => {
    let answer = () => {};
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const port = await site({
      '/live': (_, response) => {
        answer = () => response.writeHead(200, HTML).end(newsPage('Old headline', 'Old Town'));
        arrive();
      },
    });
    await stage.start({ 'live.test': port });
    await stage.submit(urlSubmission('http://live.test/live'));
    await arrived;
    const html = newsPage('New headline', 'New Town');
    // Beside another text, because a queue may take an equal batch for the job that it has in hand.
    const [id = ''] = await stage.submit(
      urlSubmission('http://live.test/live', { kind: 'html', html }),
      textSubmission('Beside', newsText('Besideton')),
    );
    expect(await stage.ended(id)).toMatchObject({ state: 'signed', article: { title: 'New headline' } });
    answer();
    await stage.stop();
    expect(await stage.store.article(id)).toMatchObject({ state: 'signed', article: { title: 'New headline' } });
    expect(stage.lines.filter(({ msg, articleId }) => msg === 'ingested' && articleId === id)).toHaveLength(1);
  });
});

const NEWS_SITE: Record<string, Answer> = {
  '/page': pageOf('Bridge repaired', 'Plainfield'),
  '/gzip': (_, response) =>
    response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(gzipSync(newsPage('Zipped', 'Ziphill'))),
  '/1252': (_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=windows-1252' })
      .end(Buffer.from(newsPage('Café reopens', 'Béthune').replace(/[“”]/g, '"'), 'latin1')),
  '/text': (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(newsText('Textbury')),
  '/moved': (_, response) => response.writeHead(301, { location: '/page-moved' }).end(),
  '/page-moved': pageOf('Moved bridge', 'Movedon'),
  '/pdf': (_, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7'),
  '/lies': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('%PDF-1.7\n\u0000\u0001'),
  '/empty': (_, response) => response.writeHead(200, HTML).end(),
  '/down': (_, response) => response.writeHead(503, { 'retry-after': '600' }).end(),
  '/forbidden': (_, response) => response.writeHead(403).end(),
  '/inside': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end(),
};

describe('fetched pages', { timeout: TEST_TIMEOUT_MS }, () => {
  it('of one job end each in its own way', async () => {
    const port = await site(NEWS_SITE);
    // A host that asks for ten minutes gets them for all of its pages.
    await stage.start({ 'news.test': port, 'down.test': port });
    const paths = [
      'page',
      'gzip',
      '1252',
      'text',
      'moved',
      'pdf',
      'lies',
      'empty',
      'down',
      'forbidden',
      'inside',
      'none',
    ];
    const ids = await stage.submit(
      ...paths.map((path) => urlSubmission(`http://${path === 'down' ? 'down' : 'news'}.test/${path}`)),
      urlSubmission('http://nowhere.test/page'),
    );
    const ends = await Promise.all(ids.map((id) => stage.ended(id)));
    const endOf = ({ state, reason, article }: (typeof ends)[number]) =>
      state === 'signed' ? `${article?.url}: ${article?.title}` : `${state}: ${reason}`;
    expect(Object.fromEntries(ends.map((end, i) => [paths[i] ?? 'nowhere', endOf(end)]))).toMatchObject({
      page: 'http://news.test/page: Bridge repaired',
      gzip: 'http://news.test/gzip: Zipped',
      1252: 'http://news.test/1252: Café reopens',
      moved: 'http://news.test/page-moved: Moved bridge',
      pdf: 'failed: not-html',
      lies: 'failed: not-html',
      empty: 'failed: no-text',
      down: 'submitted: http-server-error',
      forbidden: 'failed: http-forbidden',
      inside: 'failed: address-not-public',
      none: 'failed: http-not-found',
      nowhere: 'submitted: host-not-found',
    });
    expect(ends[3]).toMatchObject({ state: 'signed', article: { url: 'http://news.test/text' } });
    // The site asked for ten minutes, which is more than our own first pause.
    const pauseMs = Date.parse(ends[8]?.nextAttemptAt ?? '') - Date.now();
    expect(pauseMs).toBeGreaterThan(500_000);
    expect(pauseMs).toBeLessThanOrEqual(600_000);
  });
});

describe('trouble with one page', { timeout: TEST_TIMEOUT_MS }, () => {
  it('whose host says nothing holds up neither another host nor pushed text', async () => {
    const slow = await site({ '/0': () => {}, '/1': () => {}, '/2': () => {}, '/3': () => {}, '/4': () => {} });
    const fast = await site({ '/page': pageOf('Fast page', 'Fastnet') });
    await stage.start({ 'slow.test': slow, 'fast.test': fast });
    const [fetched, pushed, ...waiting] = await stage.submit(
      urlSubmission('http://fast.test/page'),
      textSubmission('Pushed beside', newsText('Besidebury')),
      ...[0, 1, 2, 3, 4].map((path) => urlSubmission(`http://slow.test/${path}`)),
    );
    expect(await stage.ended(fetched ?? '')).toMatchObject({ state: 'signed' });
    expect(await stage.ended(pushed ?? '')).toMatchObject({ state: 'signed' });
    const records = await Promise.all(waiting.map((id) => stage.store.article(id)));
    expect(records.map((record) => record?.state)).toEqual(Array(5).fill('submitted'));
    // Stopping gives back what was not done: another worker may take it at once.
    await stage.stop();
    const claims = await stage.store.claim('ingest', waiting, 1_000);
    expect(claims.map(({ attempt }) => attempt)).toEqual(Array(5).fill(1));
    await stage.store.release(claims);
  });

  it('that brings out a bug has it tried again with the cause kept, and the others of its job are done', async () => {
    const port = await site({ '/page': pageOf('Sound page', 'Soundness') });
    await stage.start(
      { 'sound.test': port },
      {
        lookup: async () => {
          throw new RangeError('a fault of our own');
        },
      },
    );
    const [broken, sound] = await stage.submit(
      urlSubmission('http://broken.test/page'),
      urlSubmission('http://sound.test/page'),
    );
    expect(await stage.ended(sound ?? '')).toMatchObject({ state: 'signed' });
    const record = await stage.ended(broken ?? '');
    expect(record).toMatchObject({ state: 'submitted', reason: 'bug', attempts: 1 });
    expect(record.detail).toContain('a fault of our own');
    expect(stage.lines.filter(({ msg, articleId }) => msg === 'bug' && articleId === broken)).toHaveLength(1);
  });
});

describe('a page that waits at its host', { timeout: TEST_TIMEOUT_MS }, () => {
  it('whose host has many waiting is asked for one of them at a time, and all are done', async () => {
    const asked = { now: 0, most: 0, times: 0 };
    const server = await serveHttp((request, response) => {
      if (request.url === '/robots.txt') return void response.writeHead(404).end();
      asked.now += 1;
      asked.times += 1;
      asked.most = Math.max(asked.most, asked.now);
      setTimeout(() => {
        asked.now -= 1;
        response.writeHead(200, HTML).end(newsPage(`Page ${request.url}`, `Hotham ${request.url}`));
      }, 10);
    });
    servers.push(server);
    await stage.start({ 'hot.test': server.port });
    const urls = Array.from({ length: 12 }, (_, i) => urlSubmission(`http://hot.test/${i}`));
    const ids = [...(await stage.submit(...urls.slice(0, 6))), ...(await stage.submit(...urls.slice(6)))];
    const ends = await Promise.all(ids.map((id) => stage.ended(id)));
    expect(ends.map(({ state }) => state)).toEqual(Array(12).fill('signed'));
    expect(asked).toEqual({ now: 0, most: 1, times: 12 });
  });

  it('whose host asks to be left alone has the others of that host wait, unasked', async () => {
    const asked: string[] = [];
    const server = await serveHttp((request, response) => {
      if (request.url === '/robots.txt') return void response.writeHead(404).end();
      asked.push(`${request.headers.host}${request.url}`);
      if (request.headers.host?.startsWith('tired'))
        return void response.writeHead(429, { 'retry-after': '600' }).end();
      response.writeHead(200, HTML).end(newsPage('Calm page', `Calmouth ${request.url}`));
    });
    servers.push(server);
    await stage.start({ 'tired.test': server.port, 'calm.test': server.port });
    const tired = await stage.submit(...[1, 2, 3].map((name) => urlSubmission(`http://tired.test/${name}`)));
    const calm = await stage.submit(...[1, 2, 3].map((name) => urlSubmission(`http://calm.test/${name}`)));
    for (const id of calm) expect(await stage.ended(id)).toMatchObject({ state: 'signed' });
    await until(async () => (asked.some((url) => url.startsWith('tired')) ? true : null));
    const records = await Promise.all(tired.map((id) => stage.store.article(id)));
    expect(records.map((record) => record?.state)).toEqual(Array(3).fill('submitted'));
    expect(asked.filter((url) => url.startsWith('tired'))).toHaveLength(1);
  });

  it('that is redirected to a busy host waits there, and is fetched from there', async () => {
    const server = await site({
      '/short': (_, response) => response.writeHead(302, { location: 'http://busy.test/page' }).end(),
      '/page': pageOf('Behind the redirect', 'Longford'),
    });
    await stage.start({ 'short.test': server, 'busy.test': server });
    const turn = await stage.store.enterHost('busy.test', 30_000);
    const [id = ''] = await stage.submit(urlSubmission('http://short.test/short'));
    await until(async () => {
      const busy = (await stage.store.hosts({ limit: 100 })).find(({ host }) => host === 'busy.test');
      return busy?.waiting === 1 ? true : null;
    });
    if (turn === null) throw new Error('no turn');
    await stage.store.leaveHost(turn, { delayMs: 0, failures: 0, reason: null, answer: 'other' });
    expect(await stage.ended(id)).toMatchObject({ state: 'signed', article: { url: 'http://busy.test/page' } });
  });
});

describe('a page', { timeout: TEST_TIMEOUT_MS }, () => {
  it('whose fetch is broken off by a stop leaves the failures of its host as they were', async () => {
    const asked: string[] = [];
    const port = await site({ '/held': ({ url = '' }) => void asked.push(url) });
    const turn = await stage.store.enterHost('held.test', 30_000);
    if (turn === null) throw new Error('no turn');
    await stage.store.leaveHost(turn, { delayMs: 0, failures: 7, reason: 'connection-failed', answer: 'other' });
    await stage.start({ 'held.test': port });
    const [id = ''] = await stage.submit(urlSubmission('http://held.test/held'));
    await until(async () => (asked.length > 0 ? true : null));
    await stage.stop();
    const held = (await stage.store.hosts({ limit: 100 })).find(({ host }) => host === 'held.test');
    expect(held).toMatchObject({
      waiting: 1,
      failuresInARow: 7,
      lastReason: 'connection-failed',
      fetches: 2,
      failed: 1,
    });
    await stage.store.claim('ingest', [id], 60_000);
  });
});
