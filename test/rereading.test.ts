import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalService, startInMemory } from './support/local-service.ts';
import { BUDGET, FERRY, LIBRARY } from './support/news-texts.ts';

const FIRST = 'first-post.example';
const SECOND = 'second-post.example';
const TIMEOUT_MS = 120_000;

let server: Server;
let service: LocalService;
/** What a site answers for its page; 410 where there is nothing. */
const pages = new Map<string, string>();

beforeAll(async () => {
  server = createServer(({ url, headers: { host = '' } }, response) => {
    if (url === '/robots.txt') return void response.writeHead(404).end();
    const page = pages.get(`${host.replace(/:.*/, '')}${url}`);
    response.writeHead(page === undefined ? 410 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  service = await startInMemory({
    FETCH_TEST_HOSTS: [FIRST, SECOND].map((host) => `${host}=127.0.0.1:${port}`).join(','),
    HOST_DELAY_MIN_MS: '0',
  });
}, TIMEOUT_MS);
afterAll(async () => {
  await service.close();
  server.closeAllConnections();
  server.close();
});

function pageOf(published: string, paragraphs: string[]): string {
  const head = `<title>${FERRY.headline}</title><meta property="article:published_time" content="${published}">`;
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return `<!doctype html><html lang="en"><head>${head}</head><body><article><h1>${FERRY.headline}</h1>${text}</article></body></html>`;
}

const early = (paragraphs = FERRY.paragraphs) => pageOf('2026-03-10T06:00:00Z', paragraphs);
const late = (paragraphs = FERRY.paragraphs) => pageOf('2026-03-10T09:00:00Z', paragraphs);

/** Submits a page, or has it read again, and waits until it is done. */
async function read(host: string, path: string): Promise<string> {
  const [id = ''] = await service.push([{ url: `http://${host}${path}`, refetch: true }]);
  return id;
}

async function storyOf(id: string) {
  const { story } = (await service.get(`/v1/articles/${id}`)) as { story: string };
  const found = (await service.get(`/v1/stories/${story}`)) as {
    copies: number;
    canonical: { articleId: string };
    reasons: { code: string }[];
  };
  return { id: story, copies: found.copies, leads: found.canonical.articleId, why: found.reasons[0]?.code };
}

describe('a story whose canonical is read again', { timeout: TIMEOUT_MS }, () => {
  test('is led by a living copy while the first one is gone, and by the first one when it is back', async () => {
    pages.set(`${FIRST}/ferry`, early());
    pages.set(`${SECOND}/ferry`, late());
    const [first, second] = [await read(FIRST, '/ferry'), await read(SECOND, '/ferry')];
    const before = await storyOf(second);
    expect(before).toMatchObject({ copies: 2, leads: first, why: 'earliest' });
    pages.delete(`${FIRST}/ferry`);
    await read(FIRST, '/ferry');
    expect(await storyOf(first)).toEqual({ id: before.id, copies: 2, leads: second, why: 'not-gone' });
    pages.set(`${FIRST}/ferry`, early());
    await read(FIRST, '/ferry');
    expect(await storyOf(first)).toEqual(before);
    expect(((await service.get('/healthz')) as { problems: unknown[] }).problems).toEqual([]);
  });

  test('is the same whether its canonical went before the other copy came or after', async () => {
    pages.set(`${FIRST}/order`, early(BUDGET.paragraphs));
    pages.set(`${SECOND}/order`, late(BUDGET.paragraphs));
    const first = await read(FIRST, '/order');
    pages.delete(`${FIRST}/order`);
    await read(FIRST, '/order');
    const second = await read(SECOND, '/order');
    expect(await storyOf(first)).toMatchObject({ copies: 2, leads: second, why: 'not-gone' });
  });

  test('stays one story when a copy adds an update, and the update is a revision', async () => {
    const update = 'The harbor master said on Friday that the last of the passengers had been taken ashore.';
    pages.set(`${FIRST}/update`, early(LIBRARY.paragraphs));
    pages.set(`${SECOND}/update`, late(LIBRARY.paragraphs));
    await read(FIRST, '/update');
    const second = await read(SECOND, '/update');
    pages.set(`${SECOND}/update`, late([...LIBRARY.paragraphs, update]));
    await read(SECOND, '/update');
    expect(await storyOf(second)).toMatchObject({ copies: 2 });
    const { diff } = (await service.get(`/v1/articles/${second}/revisions/1`)) as {
      diff: { body: { kind: string; text: string }[] };
    };
    expect(diff.body.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim())).toEqual([
      expect.stringContaining(update),
    ]);
  });
});
