import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer of the site: a status, a body, and headers. */
export interface FeedAnswer {
  status?: number;
  body?: string | Buffer;
  headers?: Record<string, string>;
}

/** Loopback sites whose pages a test may change while they are read. */
export interface FeedSite {
  /** By host and path, for example `paper.example/feed.xml`. */
  answers: Map<string, FeedAnswer>;
  /** Requests so far, with what made them conditional. */
  asked: { path: string; status: number; etag: string | null }[];
  testHosts: string;
  stop(): Promise<void>;
}

/** Serves what `answers` hold; a request that names the ETag of an answer gets 304. */
export async function startFeedSite(hosts: string[]): Promise<FeedSite> {
  const answers = new Map<string, FeedAnswer>();
  const asked: FeedSite['asked'] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = `${request.headers.host?.replace(/:\d+$/, '')}${request.url}`;
    const { status = 200, body = '', headers = {} } = answers.get(path) ?? { status: 404 };
    const etag = request.headers['if-none-match'] ?? null;
    const isKnown = etag !== null && etag === headers.etag;
    asked.push({ path, status: isKnown ? 304 : status, etag });
    response.writeHead(isKnown ? 304 : status, headers).end(isKnown ? undefined : body);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    answers,
    asked,
    testHosts: hosts.map((host) => `${host}=127.0.0.1:${port}`).join(','),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A page with a text of its own, long enough to be an article. */
export function newsPage(headline: string, subject: string): FeedAnswer {
  const sentences = [
    `The council of Ostervik met about ${subject} on Tuesday evening and listened to residents for three hours.`,
    `Several speakers said that ${subject} had been discussed for years without any result that they could see.`,
    `A report on ${subject} will be printed before the winter, the mayor told the meeting in the old school hall.`,
    `Work could begin in spring if the money for ${subject} is found, which nobody in the hall wanted to promise.`,
  ];
  const paragraphs = sentences.map((sentence) => `<p>${sentence}</p>`).join('\n');
  return {
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><head><title>${headline}</title></head><body><article><h1>${headline}</h1>${paragraphs}</article></body></html>`,
  };
}

export interface FeedItem {
  path: string;
  title: string;
  published: string;
  more?: string;
}

export function rssFeed(host: string, items: FeedItem[], etag: string): FeedAnswer {
  const entries = items.map(
    ({ path, title, published, more = '' }) =>
      `<item><title>${title}</title><link>http://${host}${path}</link><guid isPermaLink="false">${path}</guid><pubDate>${published}</pubDate>${more}</item>`,
  );
  return {
    headers: { 'content-type': 'application/rss+xml', etag },
    body: `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Ostervik Paper</title><link>http://${host}/</link>${entries.join('')}</channel></rss>`,
  };
}
