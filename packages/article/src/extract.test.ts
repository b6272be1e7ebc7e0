import { describe, expect, test } from 'vitest';
import { declaredOf } from './declared.ts';
import { extract } from './extract.ts';
import { scanPage } from './scan.ts';

const PARAGRAPHS = [
  'The harbour council of Ostervik voted on Tuesday to rebuild the north pier, which a winter storm had broken in two places.',
  'Work begins in March and is to cost four million crowns, said the harbour master, who had asked for twice as much.',
  '“We will reuse every stone that the sea has left us,” she told the council before the vote.',
  'The ferry to Varholm will leave from the fish market until the pier is open again, probably in late autumn.',
];
const paragraphs = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('\n');
const HEADLINE = 'Ostervik rebuilds its broken pier';

const TITLE = `<title>${HEADLINE} | Shore Post</title>`;

function body(html: string, head = ''): string {
  const page = scanPage(`<head>${TITLE}${head}</head><body>${html}`);
  return extract(page.blocks, declaredOf(page)).body;
}

describe('extract', () => {
  test('the paragraphs come out with an empty line between them', () => {
    expect(body(`<h1>${HEADLINE}</h1><article>${paragraphs}</article>`)).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('the furniture of a site stays out', () => {
    const html = `
      <nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
      <main><article><h1>${HEADLINE}</h1><p class="byline">By Ada Lind</p>
      <figure><img src="p.jpg"><figcaption>The pier on Sunday. (Photo: A. Lind)</figcaption></figure>
      ${paragraphs}
      <p><a href="/x">Read more: Storm breaks the pier at Ostervik in the night of the spring tide</a></p>
      <div class="newsletter"><p>Sign up for our newsletter to get the news of the coast delivered to your inbox.</p></div>
      </article>
      <aside class="related"><h3>More stories</h3><p><a href="/y">Ferry line adds a night boat to Varholm this summer, company says</a></p></aside>
      <section id="comments"><p>I have always said that the pier would break one day, and nobody listened to me then.</p></section>
      </main><footer><p>© Shore Post. All rights reserved. Reproduction only with the written permission of the publisher.</p></footer>`;
    expect(body(html)).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('subheadings and short answers between paragraphs stay in', () => {
    const [first, ...rest] = PARAGRAPHS;
    const html = `<h1>${HEADLINE}</h1><div><p>${first}</p><h2>Stones from the sea</h2><p>Really?</p>${rest.map((text) => `<p>${text}</p>`).join('')}</div>`;
    expect(body(html)).toBe([first, 'Stones from the sea', 'Really?', ...rest].join('\n\n'));
  });

  test('a last line in italics that says who reported stays in', () => {
    const html = `<h1>${HEADLINE}</h1><div class="story-body">${paragraphs}<p><i>Reporting by Ada Lind; editing by Bo Ek.</i></p></div>`;
    expect(body(html)).toBe([...PARAGRAPHS, 'Reporting by Ada Lind; editing by Bo Ek.'].join('\n\n'));
  });

  test('the paragraph under the headline is part of the article where the description confirms it', () => {
    const dek = 'Four million crowns for stones that the sea has left';
    const page = `<header><h1>${HEADLINE}</h1><div>${dek}</div><div>May 30</div></header><div class="story-body">${paragraphs}</div>`;
    expect(body(page, `<meta name="description" content="${dek}.">`)).toBe([dek, ...PARAGRAPHS].join('\n\n'));
  });

  test('of several articles on a page the one with the headline is taken', () => {
    const other = PARAGRAPHS.map(
      (text) => `<p>${text.replaceAll('pier', 'lighthouse').replaceAll('Ostervik', 'Lindesnar')}</p>`,
    ).join('');
    expect(
      body(
        `<main><article><h1>${HEADLINE}</h1>${paragraphs}</article><article><h2>Another</h2>${other}</article></main>`,
      ),
    ).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('a label that names the layout says nothing about the text', () => {
    const html = `<body class="has-sidebar comments-open"><div class="sidebar-grid"><h1>${HEADLINE}</h1><div class="paywall">${paragraphs}</div></div>`;
    expect(body(html)).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('a consent text that is longer than the article is not the article', () => {
    const consent = Array.from(
      { length: 12 },
      (_, i) =>
        `<p>Partner ${i} may store and read information on your device, and you can object to that at any time here.</p>`,
    );
    const html = `<h1>${HEADLINE}</h1><div class="content">${paragraphs}</div><div id="onetrust-consent"><div class="main-content">${consent.join('')}</div></div>`;
    expect(body(html)).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('a page without prose gives nothing', () => {
    expect(body('<nav><a href="/">Home</a> <a href="/news">News</a></nav>')).toBe('');
  });

  test('elements that hold other articles give nothing', () => {
    const html = `<h1>${HEADLINE}</h1><div id="own">${paragraphs}</div><div id="card"><p>${PARAGRAPHS[0]?.replace('pier', 'mole')}</p></div>`;
    const page = scanPage(html);
    const found = extract(page.blocks, declaredOf(page), (all) => all.slice(-1).map((block) => block.node));
    expect(found.body).toBe(PARAGRAPHS.join('\n\n'));
  });
});
