import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { BUDGET, FERRY, LIBRARY, weather } from './news-texts.ts';

/** A site of the test country: its looks are the furniture that an extractor has to see through. */
interface Outlet {
  name: string;
  nav: string[];
  footer: string[];
}

interface PageOptions {
  headline: string;
  paragraphs: string[];
  byline?: string;
  published?: string;
  head?: string;
}

const OUTLETS: Record<string, Outlet> = {
  'apnews.com': { name: 'AP News', nav: ['World', 'Sports', 'Video'], footer: ['The wire for the world.'] },
  'www.varholm-courier.example': {
    name: 'Varholm Courier',
    nav: ['Harbor', 'Town', 'Letters', 'Subscribe'],
    footer: [
      'Sign up for our newsletter and get the morning headlines in your inbox.',
      'This site is protected by reCAPTCHA and the Google privacy policy and terms of service apply.',
    ],
  },
  'inland-post.example': {
    name: 'Inland Post',
    nav: ['News', 'Farm', 'Markets'],
    footer: ['© Inland Post. All rights reserved.'],
  },
  'lesmarktimes.example': {
    name: 'Lesmark Times',
    nav: ['Politics', 'Culture'],
    footer: ['Share this article', 'Comments are closed.'],
  },
  'news.southshore.example': {
    name: 'South Shore News',
    nav: ['Local', 'Weather'],
    footer: ['Read more stories from the shore.'],
  },
};

/** Text that is safe inside an element. */
const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function page(host: string, { headline, paragraphs, byline, published, head = '' }: PageOptions): string {
  const outlet = OUTLETS[host] as Outlet;
  const nav = outlet.nav.map((word) => `<li><a href="/${word.toLowerCase()}">${word}</a></li>`).join('');
  const time = published === undefined ? '' : `<meta property="article:published_time" content="${published}">`;
  return `<!doctype html><html lang="en"><head><title>${escapeHtml(headline)} | ${outlet.name}</title>${time}${head}
<meta property="og:site_name" content="${outlet.name}"></head><body>
<header><a href="/">${outlet.name}</a><nav><ul>${nav}</ul></nav></header>
<main><article><h1>${escapeHtml(headline)}</h1>${byline === undefined ? '' : `<p class="byline">By ${byline}</p>`}
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
</article><aside class="related"><h2>More from ${outlet.name}</h2><ul><li><a href="/a">Mayor opens new slipway</a></li>
<li><a href="/b">Winter timetable starts on Sunday</a></li></ul></aside></main>
<footer>${outlet.footer.map((line) => `<p>${line}</p>`).join('')}</footer></body></html>`;
}

const AP_FERRY = `VARHOLM, Lesmark (AP) — ${FERRY.paragraphs[0]}`;

/** The pages by host and path. A function answers by itself. */
type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

const COURIER = 'www.varholm-courier.example';
const INLAND = 'inland-post.example';
const TIMES = 'lesmarktimes.example';
const SHORE = 'news.southshore.example';

/** One text of the agency, as five outlets print it. */
function ferryPages(): Record<string, Answer> {
  const wire = [AP_FERRY, ...FERRY.paragraphs.slice(1)];
  return {
    'apnews.com/article/ferry': page('apnews.com', {
      headline: FERRY.headline,
      paragraphs: wire,
      byline: 'Jonna Reik',
      published: '2026-11-17T06:02:00Z',
    }),
    [`${COURIER}/harbor/ferry-aground`]: page(COURIER, {
      headline: 'Ferry aground outside our port, nobody badly hurt',
      paragraphs: wire,
      byline: 'The Associated Press',
      published: '2026-11-17T07:15:00Z',
    }),
    // Cut to its first six paragraphs, and encoded as the editors of 1998 left it.
    [`${INLAND}/news/4711`]: (_request, response) => {
      const html = page(INLAND, {
        headline: 'Lifeboats bring ferry passengers ashore',
        paragraphs: wire.slice(0, 6).map((paragraph) => paragraph.replace(/"([^"]*)"/g, '“$1”')),
        published: '2026-11-17T09:40:00Z',
      });
      response.setHeader('content-type', 'text/html; charset=windows-1252');
      response.end(windows1252(html));
    },
    // A local paragraph before it, and compressed.
    [`${TIMES}/ferry`]: (_request, response) => {
      const local =
        'Readers of this paper who were aboard are asked to call the news desk, which is collecting photographs of the night.';
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('content-encoding', 'gzip');
      response.end(
        gzipSync(
          page(TIMES, {
            headline: 'Two hundred safe after ferry grounding',
            paragraphs: [local, ...wire],
            published: '2026-11-17T08:00:00Z',
          }),
        ),
      );
    },
    [`${SHORE}/go/ferry`]: (_request, response) => {
      response.writeHead(302, { location: `http://${SHORE}/2026/ferry-aground` }).end();
    },
    [`${SHORE}/2026/ferry-aground`]: page(SHORE, {
      headline: FERRY.headline,
      paragraphs: FERRY.paragraphs,
      head: '<link rel="canonical" href="https://apnews.com/article/ferry">',
    }),
  };
}

/** Everything else: a text printed twice, texts that only look alike, and every way to fail. */
function otherPages(failuresBeforeSuccess: { left: number }): Record<string, Answer> {
  return {
    [`${COURIER}/town/library`]: page(COURIER, {
      ...LIBRARY,
      byline: 'Ansel Hjort',
      published: '2026-11-16T10:00:00Z',
    }),
    [`${TIMES}/budget`]: page(TIMES, { ...BUDGET, byline: 'Rut Elander', published: '2026-11-14T05:30:00Z' }),
    [`${INLAND}/budget`]: page(INLAND, {
      headline: 'Budget passes at sunrise',
      paragraphs: BUDGET.paragraphs.slice(0, 5),
      published: '2026-11-14T09:00:00Z',
    }),
    [`${SHORE}/weather/monday`]: page(SHORE, {
      headline: 'Varholm weather: Monday',
      paragraphs: weather('Varholm', 'Monday', 51, 38, 'south', 20),
    }),
    [`${SHORE}/weather/tuesday`]: page(SHORE, {
      headline: 'Ostervik weather: Tuesday',
      paragraphs: weather('Ostervik', 'Tuesday', 44, 29, 'west', 70),
    }),
    [`${TIMES}/flaky`]: (_request, response) => {
      if (failuresBeforeSuccess.left-- > 0) response.writeHead(503).end('down for a moment');
      else
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(page(TIMES, { ...LIBRARY, headline: 'Drawers on loan' }));
    },
    [`${INLAND}/annual-report.pdf`]: (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7 not a page');
    },
    [`${INLAND}/endless`]: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const timer = setInterval(() => response.write('<p>and then</p>'), 50);
      response.on('close', () => clearInterval(timer));
    },
    [`${INLAND}/subscribe-first`]: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(page(INLAND, { headline: 'Subscribers only', paragraphs: ['Please subscribe to read on.'] }));
    },
  };
}

/** Bytes of windows-1252 for the text of these pages: ASCII, Latin-1, curly quotes and the long dash. */
function windows1252(text: string): Buffer {
  const high: Record<string, number> = { '“': 0x93, '”': 0x94, '’': 0x92, '—': 0x97 };
  return Buffer.from([...text].map((char) => high[char] ?? (char.codePointAt(0) as number) & 0xff));
}

export interface NewsSites {
  /** For FETCH_TEST_HOSTS: every host name of the test country, at this server. */
  testHosts: string;
  stop(): Promise<void>;
}

/** Serves the sites on one loopback port, told apart by the Host header. What is not listed is a 404. */
export async function startNewsSites(): Promise<NewsSites> {
  const known = { ...ferryPages(), ...otherPages({ left: 2 }) };
  const server = createServer((request, response) => {
    const answer = known[`${request.headers.host?.replace(/:\d+$/, '')}${request.url}`];
    if (answer === undefined) response.writeHead(404).end('no such page');
    else if (typeof answer === 'function') answer(request, response);
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    testHosts: Object.keys(OUTLETS)
      .map((host) => `${host}=127.0.0.1:${port}`)
      .join(','),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
