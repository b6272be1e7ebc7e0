import type { StoryDetail, StoryLogEntry } from '@wirefold/store';
import { bodyText } from './body.ts';
import { decisionsSection, NOBODY, type People } from './decisions.ts';
import { agencyTag, spreadOf } from './feed.ts';
import { directionOf, languageTag, outsideLink, publishedElement, timeElement } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { CanonicalPrint } from './mirror.ts';
import { originsSection } from './origins.ts';
import { type RelatedStory, relatedSection } from './related.ts';
import { goneNotice, revisionsLink } from './rereading.ts';
import { timeline } from './timeline.ts';

/**
 * A story: its canonical with the reasons, how it spread, every mirror below its origin with the figures of its verdict, other stories
 * of its event, and the log.
 */
export function renderStory(
  story: StoryDetail,
  canonical: CanonicalPrint,
  people: People = NOBODY,
  related: RelatedStory[] = [],
): Html {
  const { language } = story.canonical;
  return layout({
    title: story.title === '' ? 'Untitled' : story.title,
    json: `/v1/stories/${encodeURIComponent(story.id)}`,
    main: html`<div class="story">
${storyHead(story)}
<div class="text" lang="${languageTag(language)}" dir="${directionOf(language)}">
${bodyText({ ...story, boilerplate: canonical?.boilerplate ?? [] }, 2)}</div>
<aside class="margin" aria-label="About this story">
${reasonsSection(story)}
${timeline([story.canonical, ...story.mirrorList])}
</aside>
${originsSection(story, canonical, people)}
${relatedSection(related)}
${decisionsSection(story, people)}
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
<h1 lang="${languageTag(canonical.language)}" dir="${directionOf(canonical.language)}">${story.title === '' ? 'Untitled' : story.title}</h1>
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
  ended: 'The story ended',
};

function logWords({ kind, articleId, detail }: StoryLogEntry, names: Map<string, string>): Html {
  const article =
    articleId !== null &&
    kind !== 'removed' &&
    html`: <a href="/articles/${articleId}">${names.get(articleId) ?? `article ${articleId}`}</a>`;
  return html`<span>${LOG_WORDS[kind] ?? kind}${article}${byHandWords(detail)}</span>`;
}

/** That a decision of a person caused it, or that one was withdrawn. */
function byHandWords({ cause, decision, isWithdrawn }: StoryLogEntry['detail']): Html | false {
  if (cause !== 'by hand' || typeof decision !== 'number') return false;
  const words = isWithdrawn === true ? 'a decision was withdrawn' : 'by hand';
  return html` <span class="quiet">(<a href="#decision-${decision}">${words}</a>)</span>`;
}
