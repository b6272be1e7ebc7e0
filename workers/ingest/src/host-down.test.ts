import { expect, test } from 'vitest';
import { FAILURES_BEFORE_GIVING_UP } from './fetch/pace.ts';
import { serveHttp } from './testing/loopback.ts';
import { openStage, until, urlSubmission } from './testing/stage.ts';

const TEST_TIMEOUT_MS = 60_000;
const WAITING = 5;

test('when a host has failed for hours, all that waits there ends, visibly, with its last failure', {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  const stage = await openStage();
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
  await stage.close();
});
