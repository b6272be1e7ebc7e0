import { describe, expect, test } from 'vitest';
import { explainPage } from './explain-page.ts';
import { readPage } from './read-page.ts';

const PARAGRAPHS = [
  'The lighthouse of Varholm is to be lit by a keeper again, the coast office decided on Monday after two quiet years.',
  'Its lamp had been switched from the mainland, and went out in each of the last four storms, said the head of the office.',
  '“A keeper hears the wind change before any cable does,” she told the fishermen who had come to the meeting.',
  'The first keeper starts in October; forty people have asked for the post, among them two from the mainland.',
];
const HEADLINE = 'Varholm gets its keeper back';
const paragraphs = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('');
const where = { url: 'https://shorepost.example/light', seenAt: '2026-05-30T18:00:00Z' };
const head = `<title>${HEADLINE}</title>`;

function explain(body: string, inHead = head) {
  const page = { html: `<head>${inHead}</head><body>${body}</body>`, ...where };
  const explanation = explainPage(page);
  const of = (start: string) => explanation.blocks.filter(({ text }) => text.startsWith(start));
  return { page, explanation, of };
}

describe('an explained page', () => {
  const { page, explanation, of } = explain(`
    <nav><a href="/">Home</a></nav>
    <article><h1>${HEADLINE}</h1>
    <h2 class="standfirst">The coast office gives up on its cable after the fourth storm in two winters</h2>
    ${paragraphs}<h3>${HEADLINE}</h3>
    <p>${PARAGRAPHS[1]}</p>
    <p>Sign up for our newsletter, free and in your inbox every morning.</p></article>
    <div class="related"><h3>More news</h3><a href="/f">The ferry to Varholm sails an hour earlier from Monday</a> <a href="/s">Storm takes the roof of the school</a></div>`);

  test('is read as always, and its kept blocks are the body', () => {
    expect(explanation.reading).toEqual(readPage(page));
    const kept = explanation.blocks.filter(({ isKept }) => isKept).map(({ text }) => text);
    expect(explanation.reading.ok && explanation.reading.article.body).toBe(kept.join('\n\n'));
    expect(explanation.origin).toBe('shown');
  });

  test('says why each block was kept or dropped', () => {
    expect(of('The lighthouse')).toMatchObject([{ isKept: true, reason: 'text', kind: 'paragraph' }]);
    expect(of('The coast office gives')).toMatchObject([{ isKept: true, reason: 'text', kind: 'heading' }]);
    expect(of('Its lamp')).toMatchObject([{ isKept: true }, { isKept: false, reason: 'repeated', kind: null }]);
    expect(of('Sign up')).toMatchObject([{ isKept: false, detail: 'invitation' }]);
    expect(of('The ferry')).toMatchObject([{ isKept: false, reason: 'unlikely', detail: 'related' }]);
    expect(of('Home')).toMatchObject([{ isKept: false, reason: 'unlikely', detail: 'navigation', linkShare: 1 }]);
  });

  test('the figures are those that it was decided by', () => {
    for (const { likelihood } of explanation.blocks) expect(likelihood >= 0 && likelihood <= 1).toBe(true);
    expect(of('The lighthouse')[0]?.likelihood).toBeGreaterThan(of('The ferry')[0]?.likelihood ?? 1);
  });
});

test('a teaser that is the beginning of a paragraph is that paragraph, cut', () => {
  const [first = ''] = PARAGRAPHS;
  const teaser = `${first.slice(0, first.indexOf(' after two'))}…`;
  const { of } = explain(`<article><h1>${HEADLINE}</h1><p>${teaser}</p>${paragraphs}</article>`);
  expect(of('The lighthouse')).toMatchObject([
    { isKept: false, reason: 'repeated' },
    { isKept: true, reason: 'text' },
  ]);
});

test('the text of a privacy dialog is consent text, how ever long', () => {
  const dialog = `<div class="privacy-modal"><p>${'We keep what you tell us about your visits for as long as the law of the coast allows. '.repeat(3)}</p></div>`;
  const { of } = explain(`<main><article><h1>${HEADLINE}</h1>${paragraphs}</article>${dialog}</main>`);
  expect(of('We keep')[0]?.isKept).toBe(false);
});

test('cards of other outlets are named as such', () => {
  const card = (number: number) =>
    `<section class="card"><span>Inland Post ${number} · ${number} hours ago</span><h3><a href="https://inland${number}.example/a">The bread of the week is rye, says baker number ${number}</a></h3>
     <p>The bakers of the inland valleys met for the eleventh time to choose a bread of the week, and again they chose the dark rye of the north, as they had done in ten of the years before, ${number} of them against.</p></section>`;
  const { of } = explain(`<article><h1>${HEADLINE}</h1>${paragraphs}</article>${card(2)}${card(3)}`);
  expect(of('The bakers')).toMatchObject(Array(2).fill({ isKept: false, reason: 'another-article' }));
});

test('text that structured data replaces is said to be replaced', () => {
  const articleBody = Array.from({ length: 6 }, (_, at) => `${PARAGRAPHS[at % 4]} (${at})`).join('\n');
  const data = `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody })}</script>`;
  const { explanation } = explain(`<p>${PARAGRAPHS[0]}</p>`, head + data);
  expect(explanation).toMatchObject({ origin: 'structured-data', blocks: [{ isKept: false, reason: 'replaced' }] });
});

test('a page that hides its text at first is explained by the hidden blocks', () => {
  const { explanation } = explain(`<p>One moment.</p><div style="display:none">${paragraphs}</div>`);
  expect(explanation.origin).toBe('hidden');
  expect(explanation.blocks.filter(({ isKept }) => isKept)).toHaveLength(PARAGRAPHS.length);
});

test('a page that is no article is explained, too', () => {
  const { explanation } = explain('<nav><a href="/">Home</a></nav>');
  expect(explanation.reading).toMatchObject({ ok: false, reason: 'no-text' });
  expect(explanation.blocks).toMatchObject([{ isKept: false }]);
});
