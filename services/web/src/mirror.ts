import type { Article } from '@wirefold/article';
import { printedSimilarity, type Similarity } from '@wirefold/dedup';
import type { StoryDetail } from '@wirefold/store';
import { type CopyChanges, copyChanges } from '@wirefold/story';
import { decisionWords } from './decisions.ts';
import {
  count,
  directionOf,
  formatNumber,
  formatRatio,
  formatShare,
  languageTag,
  outsideLink,
  publishedElement,
} from './format.ts';
import { type Html, html } from './html.ts';
import { goneNotice, isWithdrawn, revisionsLink } from './rereading.ts';

export type MirrorView = StoryDetail['mirrorList'][number];

/** What is printed of the canonical, to tell what a mirror changed of it; null where it is not at hand. */
export type CanonicalPrint = Pick<Article, 'byline' | 'credit' | 'boilerplate'> | null;

/** A mirror with its proof: what the verdict says, its figures, what it changed, and what of it is the site's. */
export function mirrorEntry(
  mirror: MirrorView,
  story: StoryDetail,
  changes: CopyChanges | null,
  forms: Html | false,
): Html {
  const ownTitle =
    mirror.title !== story.title &&
    html`<p class="mirror-title" lang="${languageTag(mirror.language)}" dir="${directionOf(mirror.language)}">“${mirror.title}”</p>`;
  const isShown = isComparable(mirror, story);
  const ofWhom = html`<span class="hidden"> of ${mirror.source.name}</span>`;
  return html`<article class="mirror" id="copy-${mirror.articleId}">
<div class="mirror-head">
<h4 dir="auto">${outsideLink(mirror.url, mirror.source.name)}</h4>
<p class="when">${publishedElement(mirror.published)}</p>
${ownTitle}
<p class="verdict">${verdictWords(mirror, story.canonical.articleId)}</p>
${goneNotice(mirror.gone)}
${changes !== null && html`<p class="changes">${changeWords(changes)}</p>`}
<p class="links"><a href="/stories/${story.id}/diff?a=${story.canonical.articleId}&amp;b=${mirror.articleId}">Word for word<span class="hidden">: what the copy of ${mirror.source.name} changed</span></a><a href="/explain?a=${story.canonical.articleId}&amp;b=${mirror.articleId}">How it was compared<span class="hidden">, the copy of ${mirror.source.name}</span></a><a href="/articles/${mirror.articleId}">This copy${ofWhom}, with its text</a>${revisionsLink(mirror)}</p>
</div>
${figuresTable(mirror, isShown ? printedSimilarity(story.body, mirror.body) : null)}
${boilerplateList(mirror)}
${forms}
</article>`;
}

/** Whether the words of both may be shown. */
function isComparable(mirror: MirrorView, story: StoryDetail): boolean {
  return !isWithdrawn(mirror.gone) && !isWithdrawn(story.canonical.gone);
}

/** What the mirror changed of the canonical; null where that is not known, or not to be shown. */
export function changesOf(mirror: MirrorView, story: StoryDetail, canonical: CanonicalPrint): CopyChanges | null {
  return canonical === null || !isComparable(mirror, story)
    ? null
    : copyChanges({ ...canonical, body: story.body }, mirror);
}

/** `Changed 14 words in 3 editorial places; boilerplate in 1 place.` */
export function changeWords({ editorial, boilerplate, credit }: Omit<CopyChanges, 'operations'>): string {
  const asides = [
    boilerplate.places > 0 && `boilerplate in ${count(boilerplate.places, 'place', 'places')}`,
    credit.places > 0 && `credit in ${count(credit.places, 'place', 'places')}`,
  ].filter((part) => part !== false);
  const places = count(editorial.places, 'editorial place', 'editorial places');
  const main =
    editorial.places === 0
      ? 'Changed no word of the article'
      : `Changed ${count(editorial.words, 'word', 'words')} in ${places}`;
  return `${[main, ...asides].join('; ')}.`;
}

/** What the verdict says, in a sentence; `a` is the canonical and `b` the mirror. */
function verdictWords({ articleId, match: { verdict, via, byHand } }: MirrorView, canonicalId: string): Html {
  const direct: Record<typeof verdict.kind, string> = {
    'same text': 'Prints the same text.',
    contains: verdict.aInB >= verdict.bInA ? 'Prints the text, and more with it.' : 'Prints a part of the text.',
    revision: 'Prints the text with changes.',
    different: 'Differs from the canonical.',
  };
  const chain = via !== null && html` Belongs here through another copy (Jaccard ${formatRatio(via.verdict.jaccard)}).`;
  const facts = verdict.facts !== null && verdict.facts.changes > 0 && factsWords(verdict.facts);
  return html`<a href="/explain?a=${canonicalId}&amp;b=${articleId}"><strong>${direct[verdict.kind]}</strong></a> <span class="quiet">Rule: ${verdict.rule}.${chain}</span>${facts}${byHand !== undefined && html` <span class="decided">Joined by a person${decisionWords(byHand)}.</span>`}`;
}

function factsWords(facts: { changes: number; alignedWords: number; examples: { a: string; b: string }[] }): Html {
  const [example] = facts.examples;
  const shown = example !== undefined && html`, for example “${example.a}” became “${example.b}”`;
  return html` <span class="quiet">${count(facts.changes, 'name or number differs', 'names or numbers differ')} in ${formatNumber(facts.alignedWords)} aligned words${shown}.</span>`;
}

function figuresTable({ match, source }: MirrorView, printed: Similarity | null): Html {
  const row = (label: string, figures: Similarity) => html`<tr><th scope="row">${label}</th>
<td>${formatRatio(figures.jaccard)}</td><td>${formatShare(figures.aInB)}</td><td>${formatShare(figures.bInA)}</td></tr>`;
  return html`<table class="figures">
<caption class="hidden">How the copy of ${source.name} compares with the canonical</caption>
<thead><tr><td></td><th scope="col">Jaccard</th><th scope="col">Canonical in mirror</th><th scope="col">Mirror in canonical</th></tr></thead>
<tbody>${row('Without boilerplate', match.verdict)}${printed && row('As printed', printed)}</tbody>
</table>`;
}

function boilerplateList({ body, boilerplate }: MirrorView): Html | false {
  if (boilerplate.length === 0) return false;
  return html`<details class="adds"><summary>What it adds is boilerplate: ${count(boilerplate.length, 'passage', 'passages')}</summary>
<ul>${boilerplate.map(
    (span) =>
      html`<li><span class="rule">${span.rule}</span> <q dir="auto">${body.slice(span.start, span.end).trim()}</q></li>`,
  )}</ul></details>`;
}
