import { type Check, type Explanation, figureText } from '@wirefold/dedup';
import type { ByHand } from '@wirefold/story';
import { decisionWords } from './decisions.ts';
import { count, outsideLink } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

/** An article of an explained pair. */
export interface ExplainedArticle {
  articleId: string;
  url: string | null;
  title: string;
  source: { key: string; name: string };
  /** Id of the live story that holds it. */
  story: string | null;
}

/** A decision of a person in force that holds the two apart, or makes them one story. */
export interface PairDecision extends ByHand {
  kind: 'split' | 'merge';
}

/** Two articles, and why their texts are copies of one or are not; or what stands in the way of saying so. */
export type ExplainAnswer =
  | { ok: true; a: ExplainedArticle; b: ExplainedArticle; explanation: Explanation; byHand: PairDecision[] }
  | { ok: false; problem: 'invalid' | 'unknown' | 'withdrawn'; side: 'a' | 'b'; detail: string }
  | {
      ok: false;
      problem: 'not-signed';
      side: 'a' | 'b';
      detail: string;
      article: { articleId: string; state: string; reason: string | null };
    };

type Pair = Extract<ExplainAnswer, { ok: true }>;

const HEADLINES: Record<Explanation['verdict']['kind'], string> = {
  'same text': 'Both print the same text',
  contains: 'One prints the text, the other a part of it',
  revision: 'Both print one text, with changes',
  different: 'These are two texts',
};

/** Why two articles are copies of one text, or are not: every figure beside its limit, and the words. */
export function renderExplanation({ a, b, explanation, byHand }: Pair): Html {
  const { verdict, sentence } = explanation;
  return layout({
    title: HEADLINES[verdict.kind],
    json: `/v1/explain?a=${encodeURIComponent(a.articleId)}&b=${encodeURIComponent(b.articleId)}`,
    main: html`<div class="explanation">
<header>
<p class="kicker">${verdict.linked ? 'Linked' : 'Not linked'}</p>
<h1>${HEADLINES[verdict.kind]}</h1>
<p class="reason">${sentence} <span class="rule">${verdict.rule}</span></p>
${byHand.map(decisionLine)}
</header>
<div class="sides">
${sideOf('A', a)}
${sideOf('B', b)}
</div>
${checksTable(explanation.checks)}
${replacedSection(explanation)}
${ownSection('A', explanation.onlyA)}
${ownSection('B', explanation.onlyB)}
${commonSection(explanation)}
</div>`,
  });
}

function decisionLine({ kind, ...made }: PairDecision): Html {
  const said = kind === 'split' ? 'All the same a person set them apart' : 'A person made them one story';
  return html`<p class="decided">${said}${decisionWords(made)}.</p>`;
}

function sideOf(name: 'A' | 'B', { articleId, url, title, source, story }: ExplainedArticle): Html {
  return html`<section aria-labelledby="side-${name}">
<h2 id="side-${name}"><span class="side">${name}</span> <span dir="auto">${source.name}</span></h2>
<p class="mirror-title" dir="auto">${title === '' ? 'Untitled' : title}</p>
<p class="links"><a href="/articles/${articleId}">This copy<span class="hidden"> of ${source.name}</span>, with its text</a>${story !== null && html`<a href="/stories/${story}">Its story<span class="hidden">, of ${name}</span></a>`}${url !== null && outsideLink(url, `Read it at ${source.name}`)}</p>
</section>`;
}

export function checksTable(checks: readonly Check[]): Html {
  return html`<div class="wide" role="region" aria-labelledby="figures" tabindex="0"><table class="checks">
<caption id="figures">Every figure beside its limit, in the order in which they decide</caption>
<thead><tr><th scope="col">Figure</th><th scope="col">Here</th><th scope="col">Limit</th><th scope="col">Rule</th></tr></thead>
<tbody>${checks.map(checkRow)}</tbody></table></div>`;
}

function checkRow(check: Check): Html {
  const { rule, figure, value, limit, bound, decides } = check;
  const cells =
    value === null || limit === null
      ? html`<td colspan="2">not compared</td>`
      : html`<td>${figureText(check, 'value', value)}</td><td>${bound} ${figureText(check, 'limit', limit)}</td>`;
  const state = decides ? 'decides' : value === null ? 'quiet' : 'passed';
  return html`<tr class="${state}"><th scope="row">${figure}</th>${cells}<td><span class="rule">${rule}</span>${decides && ' decides'}</td></tr>
`;
}

function replacedSection({ replaced }: Explanation): Html | false {
  if (replaced.count === 0) return false;
  const kinds = [
    count(replaced.facts, 'of a number or name', 'of numbers or names'),
    count(replaced.wording, 'of wording', 'of wording'),
    count(replaced.spelling, 'of spelling', 'of spelling'),
  ].join(', ');
  return html`<section aria-labelledby="replaced">
<h2 id="replaced" class="section-heading">${count(replaced.count, 'place', 'places')} where words stand against words: ${kinds}</h2>
<div class="wide" role="region" aria-labelledby="replaced" tabindex="0"><table class="replaced">
<thead><tr><th scope="col">What differs</th><th scope="col">In A</th><th scope="col">In B</th></tr></thead>
<tbody>${replaced.shown.map(({ kind, a, b }) => html`<tr><th scope="row">${kind}</th><td dir="auto">${a}</td><td dir="auto">${b}</td></tr>\n`)}</tbody></table></div>
${moreThan(replaced)}
</section>`;
}

function ownSection(name: 'A' | 'B', own: Explanation['onlyA']): Html | false {
  if (own.count === 0) return false;
  return html`<section aria-labelledby="only-${name}">
<h2 id="only-${name}" class="section-heading">Only in ${name}: ${count(own.words, 'word', 'words')}</h2>
<ul class="passages">${own.shown.map(({ words, text }) => html`<li><span class="quiet">${count(words, 'word', 'words')}</span> <q dir="auto">${text}</q></li>\n`)}</ul>
${moreThan(own)}
</section>`;
}

function commonSection({ common }: Explanation): Html | false {
  if (common.count === 0) return false;
  return html`<section aria-labelledby="common">
<h2 id="common" class="section-heading">In both, in the same order: ${count(common.words, 'word', 'words')}</h2>
<ul class="passages">${common.shown.map(({ words, a, b }) => html`<li><span class="quiet">${count(words, 'word', 'words')}</span> <q dir="auto">${a}</q>${a !== b && html` <span class="quiet">in B</span> <q dir="auto">${b}</q>`}</li>\n`)}</ul>
${moreThan(common)}
</section>`;
}

function moreThan({ count: all, shown }: { count: number; shown: readonly unknown[] }): Html | false {
  const left = all - shown.length;
  return left > 0 && html`<p class="quiet">and ${count(left, 'shorter one', 'shorter ones')}</p>`;
}
