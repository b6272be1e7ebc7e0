import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { generateNews } from './generated-news.ts';

/** A page with an article made by rule, between the furniture of a site. */
export function madePage(host: string, { title, text }: { title: string; text: string }): string {
  const links = Array.from({ length: 30 }, (_, at) => `<li><a href="/section/${at}">Section ${at} of ${host}</a></li>`);
  const paragraphs = text.split('\n\n').map((paragraph) => `<p>${paragraph}</p>`);
  return `<!doctype html><html lang="en"><head><title>${title} | ${host}</title></head><body>
<header><a href="/">${host}</a><nav><ul>${links.join('')}</ul></nav></header>
<main><article><h1>${title}</h1>${paragraphs.join('\n')}</article></main>
<footer><p>Read more news of ${host} every morning.</p></footer></body></html>`;
}

/** Sites on one port of loopback: every host name has pages `/news/0`, `/news/1` and so on. */
export interface MadeSites {
  port: number;
  stop(): void;
}

/** Sites with a text of its own at each of so many addresses, whatever the host. */
export function startMadeSites(pages: number, delayOf: (host: string) => number): Promise<MadeSites> {
  const news = generateNews(pages);
  return startSites(async (host, at) => {
    const article = news[at];
    await pause(delayOf(host));
    return article === undefined ? null : madePage(host, article);
  });
}

/** @param pageOf what stands at `/news/{at}` of a host; null where nothing does */
export async function startSites(
  pageOf: (host: string, at: number) => Promise<string | Buffer | null>,
): Promise<MadeSites> {
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:.*/, '');
    const at = /^\/news\/(\d+)$/.exec(request.url ?? '')?.[1];
    if (at === undefined) return void response.writeHead(404).end();
    void pageOf(host, Number(at)).then((page) => {
      if (page === null) return response.writeHead(404).end();
      return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The setting that leads host names to made sites. */
export function testHostsOf(hosts: readonly string[], port: number): string {
  return hosts.map((host) => `${host}=127.0.0.1:${port}`).join(',');
}
