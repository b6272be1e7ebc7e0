import type { BoilerplateSpan } from '@wirefold/article';
import { printedSimilarity, type Similarity } from '@wirefold/dedup';
import type { StoryDetail, StoryLogEntry } from '@wirefold/store';
import { bodyText } from './body.ts';
import { agencyTag, spreadOf } from './feed.ts';
import {
  count,
  formatNumber,
  formatRatio,
  formatShare,
  languageTag,
  outsideLink,
  publishedElement,
  timeElement,
} from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { goneNotice, isWithdrawn, revisionsLink } from './rereading.ts';

type MirrorView = StoryDetail['mirrorList'][number];

/** A story: its canonical with the reasons, every mirror with the figures of its verdict, and the log. */
export function renderStory(story: StoryDetail, canonicalBoilerplate: readonly BoilerplateSpan[]): Html {
  return layout({
    title: story.title === '' ? 'Untitled' : story.title,
    json: `/v1/stories/${encodeURIComponent(story.id)}`,
    main: html`<div class="story">
${storyHead(story)}
<div class="text" lang="${languageTag(story.canonical.language)}" dir="auto">
${bodyText({ ...story, boilerplate: canonicalBoilerplate }, 2)}</div>
<aside class="margin" aria-label="About this story">
${reasonsSection(story)}
${originsSection(story)}
</aside>
${mirrorsSection(story)}
${logSection(story)}
</div>`,
  });
}

function storyHead(story: StoryDetail): Html {
  const { canonical } = story;
  const byline = canonical.byline !== null && html`<p class="byline" dir="auto">${canonical.byline}</p>`;
  const changed =
    canonical.modified !== null && html`<span class="changed">changed ${publishedElement(canonical.modified)}</span>`;
  return html`<header class="story-head">
<p class="kicker"><span class="outlet" dir="auto">${canonical.source.name}</span>${agencyTag(story)}${canonical.section !== null && html`<span class="section" dir="auto">${canonical.section}</span>`}${publishedElement(canonical.published)}${changed}</p>
<h1 lang="${languageTag(canonical.language)}" dir="auto">${story.title === '' ? 'Untitled' : story.title}</h1>
${byline}
<p class="links">${canonical.url === null ? html`Submitted as text, without a URL` : outsideLink(canonical.url, `Read it at ${canonical.source.name}`)}<a href="/articles/${canonical.articleId}">Where this copy came from</a>${revisionsLink(canonical)}</p>
${goneNotice(canonical.gone)}
${spreadOf(story)}
</header>`;
}

function reasonsSection({ reasons }: StoryDetail): Html {
  return html`<section aria-labelledby="reasons">
<h2 id="reasons" class="section-heading">Why this copy leads</h2>
<ul class="chips">${reasons.map((reason) => html`<li class="chip" title="${reason.code}">${reason.text}</li>`)}</ul>
</section>`;
}

function originsSection({ origins }: StoryDetail): Html {
  return html`<section aria-labelledby="origins">
<h2 id="origins" class="section-heading">${origins.length === 1 ? 'Origin' : 'Origins'}</h2>
<ul class="origins">${origins.map(
    (origin) =>
      html`<li><strong>${origin.name}</strong>${origin.isAgency && html` <span class="agency">agency</span>`}<p class="evidence">${origin.evidence}</p></li>`,
  )}</ul>
</section>`;
}

function mirrorsSection(story: StoryDetail): Html {
  if (story.mirrors === 0) {
    return html`<section class="mirrors" aria-labelledby="mirrors"><h2 id="mirrors" class="section-heading">Mirrors</h2><p class="quiet">No other outlet has printed this text, as far as Wirefold has seen.</p></section>`;
  }
  const left = story.mirrors - story.mirrorList.length;
  return html`<section class="mirrors" aria-labelledby="mirrors">
<h2 id="mirrors" class="section-heading">${count(story.mirrors, 'mirror', 'mirrors')}</h2>
<ol class="mirror-list">${story.mirrorList.map((mirror) => html`<li>${mirrorEntry(mirror, story)}</li>\n`)}</ol>
${left > 0 && html`<p class="quiet">${count(left, 'more mirror is', 'more mirrors are')} not listed here.</p>`}
</section>`;
}

function mirrorEntry(mirror: MirrorView, story: StoryDetail): Html {
  const isShown = !isWithdrawn(mirror.gone) && !isWithdrawn(story.canonical.gone);
  const ownTitle =
    mirror.title !== story.title &&
    html`<p class="mirror-title" lang="${languageTag(mirror.language)}" dir="auto">“${mirror.title}”</p>`;
  return html`<article class="mirror">
<div class="mirror-head">
<h3 dir="auto">${outsideLink(mirror.url, mirror.source.name)}</h3>
<p class="when">${publishedElement(mirror.published)}</p>
${ownTitle}
<p class="verdict">${verdictWords(mirror, story.canonical.articleId)}</p>
${goneNotice(mirror.gone)}
<p class="links"><a href="/articles/${mirror.articleId}">This copy<span class="hidden"> of ${mirror.source.name}</span>, with its text</a><a href="/explain?a=${story.canonical.articleId}&amp;b=${mirror.articleId}">How it was compared<span class="hidden">, the copy of ${mirror.source.name}</span></a>${revisionsLink(mirror)}</p>
</div>
${figuresTable(mirror, isShown ? printedSimilarity(story.body, mirror.body) : null)}
${boilerplateList(mirror)}
</article>`;
}

/** What the verdict says, in a sentence; `a` is the canonical and `b` the mirror. */
function verdictWords({ articleId, match: { verdict, via } }: MirrorView, canonicalId: string): Html {
  const direct: Record<typeof verdict.kind, string> = {
    'same text': 'Prints the same text.',
    contains: verdict.aInB >= verdict.bInA ? 'Prints the text, and more with it.' : 'Prints a part of the text.',
    revision: 'Prints the text with changes.',
    different: 'Differs from the canonical.',
  };
  const chain = via !== null && html` Belongs here through another copy (Jaccard ${formatRatio(via.verdict.jaccard)}).`;
  const facts = verdict.facts !== null && verdict.facts.changes > 0 && factsWords(verdict.facts);
  return html`<a href="/explain?a=${canonicalId}&amp;b=${articleId}"><strong>${direct[verdict.kind]}</strong></a> <span class="quiet">Rule: ${verdict.rule}.${chain}</span>${facts}`;
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

function logSection(story: StoryDetail): Html {
  const names = new Map([story.canonical, ...story.mirrorList].map((copy) => [copy.articleId, copy.source.name]));
  return html`<section class="log" aria-labelledby="log">
<h2 id="log" class="section-heading">Log</h2>
<ol>${story.log.map((entry) => html`<li>${timeElement(entry.at, true)} ${logWords(entry, names)}</li>\n`)}</ol>
</section>`;
}

const LOG_WORDS: Record<string, string> = {
  created: 'The story began',
  'mirror-joined': 'A mirror joined',
  'mirror-left': 'A mirror left',
  removed: 'An article was removed',
  'canonical-changed': 'Another copy became the canonical',
  merged: 'Another story was merged into this one',
  split: 'The story was split',
  'spelling-found': 'A copy was the same article at another address',
  revised: 'A copy was revised',
  gone: 'The page of a copy is gone',
  returned: 'The page of a copy came back',
};

function logWords({ kind, articleId }: StoryLogEntry, names: Map<string, string>): Html {
  const article =
    articleId !== null &&
    kind !== 'removed' &&
    html`: <a href="/articles/${articleId}">${names.get(articleId) ?? `article ${articleId}`}</a>`;
  return html`<span>${LOG_WORDS[kind] ?? kind}${article}</span>`;
}
