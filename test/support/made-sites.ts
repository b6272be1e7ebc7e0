import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { generateNews } from './generated-news.ts';

/** A page with an article made by rule, between the furniture of a site. */
function madePage(host: string, { title, text }: { title: string; text: string }): string {
  const links = Array.from({ length: 30 }, (_, at) => `<li><a href="/section/${at}">Section ${at} of ${host}</a></li>`);
  const paragraphs = text.split('\n\n').map((paragraph) => `<p>${paragraph}</p>`);
  return `<!doctype html><html lang="en"><head><title>${title} | ${host}</title></head><body>
<header><a href="/">${host}</a><nav><ul>${links.join('')}</ul></nav></header>
<main><article><h1>${title}</h1>${paragraphs.join('\n')}</article></main>
<footer><p>Read more news of ${host} every morning.</p></footer></body></html>`;
}

/** Sites on one port of loopback: every host name has pages `/news/0`, `/news/1` and so on, each with a text of its own. */
export interface MadeSites {
  port: number;
  stop(): void;
}

/**
 * @param pages how many different texts there are
 * @param delayOf milliseconds that a host takes for a page
 */
export async function startMadeSites(pages: number, delayOf: (host: string) => number): Promise<MadeSites> {
  const news = generateNews(pages);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/robots.txt') return void response.writeHead(404).end();
    const host = (request.headers.host ?? '').replace(/:.*/, '');
    const article = news[Number(/^\/news\/(\d+)$/.exec(path)?.[1])];
    if (article === undefined) return void response.writeHead(404).end();
    void pause(delayOf(host)).then(() => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(madePage(host, article));
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
