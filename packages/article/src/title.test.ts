import { describe, expect, test } from 'vitest';
import { declaredOf } from './declared.ts';
import { readMetas } from './metas.ts';
import { siteNames } from './page-metadata.ts';
import { scanPage } from './scan.ts';
import { readStructuredData } from './structured-data.ts';
import { titleOf } from './title.ts';

const title = (html: string): string => {
  const page = scanPage(html);
  const metas = readMetas(page);
  const structured = readStructuredData(page.structuredData);
  const { titles } = declaredOf(page, metas, structured);
  return titleOf(page, titles, siteNames(metas, structured, 'https://shore.example/a'), structured?.headline ?? null);
};

const stated = (headline: string): string =>
  `<script type="application/ld+json">{"@type":"NewsArticle","headline":"${headline}"}</script>`;

describe('an h1 that ends the trail of links to the page', () => {
  const trail =
    '<nav class="breadcrumb"><a href="/">Start</a><a href="/coast">Coast</a><h1>Ferry Ek today: what changes now</h1></nav>';

  test('is no headline where an h2 prints a declared title', () => {
    const html =
      `<title>Ferry Ek today: what changes now</title><meta property="og:title" content="The ferry sails an hour earlier">${trail}` +
      '<article><header><h2>The ferry sails an hour earlier</h2></header><p>It leaves at six.</p></article>';
    expect(title(html)).toBe('The ferry sails an hour earlier');
    expect(title(html.replace('<h2>', '<h2>Ek harbour ').replace('</h2>', '.</h2>'))).toBe(
      'The ferry sails an hour earlier',
    );
  });

  test('is the headline where no other heading prints one, or where the whole page stands in what is called a trail', () => {
    const html = `<title>Ferry Ek today: what changes now</title>${trail}<h2>More of the coast</h2><p>It leaves at six.</p>`;
    expect(title(html)).toBe('Ferry Ek today: what changes now');
    const body = Array.from({ length: 20 }, (_, at) => `<p>Sentence ${at} of the text.</p>`).join('');
    const page =
      '<title>The mill turns again</title><meta property="og:title" content="A mill story">' +
      `<div class="with-breadcrumbs"><h1>The mill turns again</h1><h2>A mill story</h2>${body}</div>`;
    expect(title(page)).toBe('The mill turns again');
  });
});

test('a headline whose kicker is a block of the h1 has both, where metadata says both', () => {
  const heading = '<h1><div>Shore at night</div><span>: the lamp that never sleeps</span></h1>';
  const whole = stated('Shore at night: the lamp that never sleeps');
  expect(title(`<title>Shore at night: the lamp that never sleeps</title>${whole}${heading}`)).toBe(
    'Shore at night: the lamp that never sleeps',
  );
  const label = '<h1><div>Opinion</div><div>The lamp must never sleep</div></h1>';
  const both = '<meta property="og:title" content="Opinion | The lamp must never sleep">';
  expect(title(`${both}${stated('The lamp must never sleep')}${label}`)).toBe('The lamp must never sleep');
});

test('of two declared titles the one is taken that the other begins with, and the name of the site is left', () => {
  const html = `<meta property="og:title" content="The bridge opens on Sunday-Coast|Post of Ek"><meta name="headline" content="The bridge opens on Sunday"><p>At last.</p>`;
  expect(title(html)).toBe('The bridge opens on Sunday');
});
