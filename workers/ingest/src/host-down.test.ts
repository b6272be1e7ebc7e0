import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FAILURES_BEFORE_GIVING_UP } from './fetch/pace.ts';
import { serveHttp } from './testing/loopback.ts';
import { newsPage, openStage, type Stage, until, urlSubmission } from './testing/stage.ts';

const TEST_TIMEOUT_MS = 60_000;
const WAITING = 5;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterEach(() => stage.stop());
afterAll(() => stage.close());

test('when a host has failed for hours, all that waits there ends, visibly, with its last failure', {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  const server = await serveHttp((request, response) => {
    response.writeHead(request.url === '/robots.txt' ? 404 : 503).end();
  });
  const articles = Array.from({ length: WAITING }, (_, at) => urlSubmission(`http://down.test/news/${at}`));
  const [first] = articles.map(({ id }) => id);
  await stage.store.submit(articles);
  await stage.query(`update host set failures = ${FAILURES_BEFORE_GIVING_UP - 1}, last_reason = 'http-server-error'`);
  await stage.start({ 'down.test': server.port });
  const others = articles.slice(1).map(({ id }) => id);
  await until(async () => {
    const records = await Promise.all(others.map((id) => stage.store.article(id)));
    return records.every((record) => record?.state === 'failed') ? true : null;
  });
  for (const id of others) {
    expect(await stage.store.article(id)).toMatchObject({
      reason: 'host-down',
      detail: expect.stringContaining('http-server-error'),
    });
  }
  // The one that was fetched has an outcome of its own, and is tried again.
  expect(await stage.store.article(String(first))).toMatchObject({ state: 'submitted', reason: 'http-server-error' });
  expect(stage.lines.filter(({ msg, reason }) => msg === 'rejected' && reason === 'host-down')).toHaveLength(
    WAITING - 1,
  );
  await stage.stop();
  await server.close();
});

test('a host that turns us away is known by how it does', { timeout: TEST_TIMEOUT_MS }, async () => {
  const statuses: Record<string, number> = { '/refused': 403, '/busy': 429 };
  const server = await serveHttp(({ url = '' }, response) => {
    response.writeHead(statuses[url] ?? 200, { 'content-type': url === '/robots.txt' ? 'text/plain' : 'text/html' });
    response.end(url === '/robots.txt' ? 'User-agent: *\nDisallow: /private' : newsPage('Welcome', 'Openford'));
  });
  await stage.start({ 'wary.test': server.port });
  for (const path of ['page', 'private', 'refused', 'busy'])
    await stage.submit(urlSubmission(`http://wary.test/${path}`));
  const lastDay = await until(async () => {
    const [host] = await stage.store.hosts({ limit: 1, name: 'wary.test' });
    const { fetches, refused, tooMany, robots } = host?.lastDay ?? { fetches: 0, refused: 0, tooMany: 0, robots: 0 };
    return fetches >= 4 && refused > 0 && tooMany > 0 && robots > 0 ? host?.lastDay : null;
  });
  expect(lastDay).toMatchObject({ unchanged: 0, refused: 1, robots: 1 });
  await stage.stop();
  await server.close();
});
