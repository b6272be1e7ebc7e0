import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wirefold } from './support/command-line.ts';
import { freePort } from './support/free-port.ts';
import { type LocalService, startInMemory } from './support/local-service.ts';
import { FERRY, LIBRARY } from './support/news-texts.ts';
import { answer, gzipMembers, warcRecord } from './support/warc-file.ts';
import { eventually } from './support/wirefold.ts';

const END_DEADLINE_MS = 30_000;
const HTML = ['Content-Type: text/html; charset=utf-8'];
const urlOf = (name: string) => `https://courier.example/${name}`;
const pageRecord = (name: string, { headline, paragraphs } = LIBRARY) =>
  warcRecord({
    url: urlOf(name),
    block: answer(
      `<html><head><title>${headline}</title></head><body><article><h1>${headline}</h1><time>2 hours ago</time>
      ${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('')}</article></body></html>`,
      HTML,
    ),
  });

let service: LocalService;
beforeAll(async () => {
  service = await startInMemory();
});
afterAll(() => service.close());

const submit = async (server: string, records: Buffer[]) => {
  const { code, stdout, stderr } = await wirefold(['submit', '--warc', '-', '--server', server], gzipMembers(records));
  const rows = stdout.split('\n').filter(Boolean);
  return { code, rows: rows.map((row) => JSON.parse(row) as Record<string, unknown>), stderr };
};

/** The service behind a gate that says once that it is busy. */
async function busyOnce(target: string) {
  let requests = 0;
  const gate = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    if (++requests === 1) return response.writeHead(503, { 'Retry-After': '1' }).end('{}');
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const passed = await fetch(target + request.url, { method: 'POST', headers, body: Buffer.concat(body) });
    response.writeHead(passed.status).end(await passed.text());
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  const { port } = gate.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, count: () => requests, close: () => gate.close() };
}

describe('wirefold submit --warc', { timeout: 120_000 }, () => {
  it('pushes the pages of an archive, each with its own time, and says what became of them', async () => {
    const records = [pageRecord('a'), pageRecord('b', FERRY), pageRecord('cut').subarray(0, 300)];
    const first = await submit(service.baseUrl, records);
    expect(first.code).toBe(1);
    expect(first.rows).toMatchObject([{ url: urlOf('a'), isAccepted: true }, { url: urlOf('b') }]);
    expect(first.stderr).toMatch(/record at byte \d+: it is cut off/);
    expect(first.stderr).toContain('2 pages, 2 accepted, 0 known before, 1 bad');
    await eventually(async () => {
      const found = await service.get(`/v1/articles/${first.rows[0]?.id}`);
      return (found as { state: string }).state === 'done';
    }, END_DEADLINE_MS);
    expect(await service.get(`/v1/articles/${first.rows[0]?.id}`)).toMatchObject({
      article: { title: LIBRARY.headline, published: { at: '2026-03-11T10:00:00.000Z' } },
    });

    const again = await submit(service.baseUrl, records.slice(0, 2));
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('2 pages, 0 accepted, 2 known before, 0 bad');
  });

  it('knows a page that was fetched again and is the same', async () => {
    await submit(service.baseUrl, [pageRecord('same')]);
    const later = Buffer.from(String(pageRecord('same')).replace('2026-03-11', '2026-03-12'));
    expect((await submit(service.baseUrl, [later])).stderr).toContain('1 pages, 0 accepted, 1 known before');
  });

  it('names a page that the service does not take, and sends the others', async () => {
    const large = warcRecord({ url: urlOf('large'), block: answer(`<html>${'a'.repeat(9 * 2 ** 20)}`, HTML) });
    const larger = warcRecord({ url: urlOf('larger'), block: answer(`<html>${'"'.repeat(6 * 2 ** 20)}`, HTML) });
    const { code, rows, stderr } = await submit(service.baseUrl, [pageRecord('x'), large, larger, pageRecord('y')]);
    expect(code).toBe(1);
    expect(rows.map(({ url, id }) => [url, id !== undefined])).toEqual([
      [urlOf('x'), true],
      [urlOf('large'), false],
      [urlOf('y'), true],
    ]);
    expect(stderr).toMatch(/large: .*is larger than/);
    expect(stderr).toMatch(/larger: .*is larger than the service takes/);
    expect(stderr).toContain('3 pages, 2 accepted, 0 known before, 2 bad');
  });

  it('waits where the service is busy', async () => {
    const gate = await busyOnce(service.baseUrl);
    const { code, stderr } = await submit(gate.url, [pageRecord('busy')]);
    gate.close();
    expect({ code, requests: gate.count() }).toEqual({ code: 0, requests: 2 });
    expect(stderr).toContain('1 pages, 1 accepted');
  });

  it('ends with 2 where no service answers, and takes no URLs along', async () => {
    const { code, stderr } = await submit(`http://127.0.0.1:${await freePort()}`, [pageRecord('a')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/npm start/);
    expect((await wirefold(['submit', 'a.warc', urlOf('a')])).stderr).toContain('not both at once');
  });
});
