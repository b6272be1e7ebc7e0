import { describe, expect, test } from 'vitest';
import { declaredOf } from '../declared.ts';
import { scanPage } from '../scan.ts';
import { BODY_MODEL, likelihoodsOf, unpackModel } from './body-model.ts';
import { CONTEXT_NAMES, contextOf } from './context.ts';
import { FEATURE_NAMES, featuresOf } from './features.ts';
import { viewPage } from './page-view.ts';

const HTML = `<title>The mill of Ek turns again | Shore Post</title><meta name="description" content="After nine years the mill turns.">
  <script type="application/ld+json">{"@type":"NewsArticle","articleBody":"The water mill of Ek was opened again on Sunday by its new owner."}</script>
  <nav class="main-nav"><a href="/">Home</a><a href="/news">News</a></nav>
  <article><h1>The mill of Ek turns again</h1><div class="story-body">
  <p>The water mill of Ek was opened again on Sunday by its new owner.</p>
  <p>Nine years ago the wheel had broken in the spring flood, and nobody in the village could pay for another one.</p>
  <p>“It sounds as it did when I was a child,” said a neighbour who had come to hear it.</p></div></article>
  <aside class="related"><h3>More news</h3><ul><li><a href="/a">The ferry sails an hour earlier</a></li></ul></aside>
  <p>これは日本語で書かれた少し長い段落の例であり言葉の間に空白がありません。</p>`;

const page = scanPage(HTML);
const view = viewPage(
  page.blocks,
  page.blocks.findIndex(({ node }) => node.tag === 'h1'),
  declaredOf(page),
);

describe('features', () => {
  test('are numbers, one for each name', () => {
    const rows = featuresOf(view).filter((row) => row !== null);
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) {
      expect(row).toHaveLength(FEATURE_NAMES.length);
      expect(row.every(Number.isFinite)).toBe(true);
    }
    for (const row of contextOf(
      view,
      view.views.map((_, at) => at / 10),
    )) {
      expect(row).toHaveLength(CONTEXT_NAMES.length);
      expect(row.every(Number.isFinite)).toBe(true);
    }
    expect(new Set([...FEATURE_NAMES, ...CONTEXT_NAMES]).size).toBe(FEATURE_NAMES.length + CONTEXT_NAMES.length);
  });

  test('are what their names say', () => {
    const rows = featuresOf(view);
    const value = (start: string, name: string) => {
      const at = view.views.findIndex(({ block }) => block.text.startsWith(start));
      return rows[at]?.[FEATURE_NAMES.indexOf(name)];
    };
    expect(value('Home', 'linkShare')).toBe(1);
    expect(value('Home', 'to:nav')).toBe(0);
    expect(value('The mill', 'titleCover')).toBeCloseTo(6 / 8);
    expect(value('The water mill', 'structuredShare')).toBe(1);
    expect(value('Nine years', 'structuredShare')).toBe(0);
    expect(value('Nine years', 'fromHeadline')).toBe(2);
    expect(value('Nine years', 'words')).toBe(21);
    expect(value('“It sounds', 'opensQuote')).toBe(1);
    expect(value('The ferry', 'to:.related')).toBeLessThan(20);
    expect(value('これは', 'stopWordShare')).toBe(-1);
  });
});

describe('the model of the body', () => {
  test('finds the paragraphs likelier than what stands around them', () => {
    const likelihoods = likelihoodsOf(view, BODY_MODEL);
    const of = (start: string) => likelihoods[view.views.findIndex(({ block }) => block.text.startsWith(start))] ?? 0;
    const least = Math.min(...['The water mill', 'Nine years', '“It sounds'].map(of));
    expect(least).toBeGreaterThan(Math.max(of('Home'), of('More news'), of('The ferry')));
  });

  test('of other features is refused', () => {
    const empty = { cuts: [], sizes: [], nodes: '' };
    expect(() => unpackModel({ features: ['words'], first: empty, second: empty })).toThrow('train it again');
  });
});
