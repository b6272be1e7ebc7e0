import type { StoryPage, StoryQuery, StorySummary } from '@wirefold/store';
import { agencyLabel, formatNumber, languageTag, publishedElement } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

/** The part of a query that a reader fills in. */
export type FeedQuery = Pick<StoryQuery, 'cursor' | 'source' | 'language' | 'minMirrors' | 'q'>;

/** The story feed: the front page, its filters and its older pages. `address` is where this site was asked for: `http://host:port`. */
export function renderFeed(page: StoryPage, query: FeedQuery, address: string): Html {
  const isFront = query.cursor === null && !isFiltered(query);
  return layout({
    title: headingOf(query),
    here: 'stories',
    json: `/v1/stories${pathOf(query, query.cursor).slice(1)}`,
    main: html`<div class="feed">
${findForm(query)}
<section class="stories" aria-labelledby="stories-heading">
<h1 id="stories-heading" class="section-heading">${headingOf(query)}</h1>
${page.stories.length === 0 ? emptyFeed(query, address) : storyList(page.stories, isFront)}
${pager(page, query)}
</section>
${addForm()}
</div>`,
  });
}

function isFiltered(query: FeedQuery): boolean {
  return query.q !== null || query.source !== null || query.language !== null || query.minMirrors > 0;
}

function headingOf(query: FeedQuery): string {
  const what = query.q === null ? (isFiltered(query) ? 'Stories found' : 'Latest stories') : `Stories for “${query.q}”`;
  return query.cursor === null ? what : `${what}, older`;
}

function storyList(stories: StorySummary[], isFront: boolean): Html {
  return html`<ol class="rows">${stories.map(
    (story, index) => html`<li>${storyRow(story, isFront && index === 0)}</li>\n`,
  )}</ol>`;
}

function storyRow(story: StorySummary, isTop: boolean): Html {
  const { canonical } = story;
  return html`<article class="${isTop ? 'row top' : 'row'}">
<p class="kicker"><span class="outlet" dir="auto">${canonical.source.name}</span>${agencyTag(story)}${publishedElement(canonical.published)}</p>
<div class="words" lang="${languageTag(canonical.language)}" dir="auto">
<h2><a href="/stories/${story.id}">${story.title === '' ? 'Untitled' : story.title}</a></h2>
<p class="lead">${story.lead}</p>
</div>
${spreadOf(story)}
</article>`;
}

/** The label `AP text`, where an agency wrote it. */
export function agencyTag(story: Pick<StorySummary, 'origins'>): Html | null {
  const label = agencyLabel(story.origins);
  return label === null ? null : html`<span class="agency">${label} text</span>`;
}

/** `7 copies · 5 outlets · 1 origin`. */
export function spreadOf(story: Pick<StorySummary, 'copies' | 'outlets' | 'origins'>): Html {
  const parts: [number, string, string][] = [
    [story.copies, 'copy', 'copies'],
    [story.outlets, 'outlet', 'outlets'],
    [story.origins.length, 'origin', 'origins'],
  ];
  return html`<p class="spread">${parts.map(
    ([figure, one, many], index) =>
      html`${index > 0 && ' · '}<strong>${formatNumber(figure)}</strong> ${figure === 1 ? one : many}`,
  )}</p>`;
}

function emptyFeed(query: FeedQuery, address: string): Html {
  if (isFiltered(query) || query.cursor !== null) {
    return html`<p class="empty">No story fits. <a href="/">Show all stories</a></p>`;
  }
  return html`<div class="empty"><p>No stories yet. Add the address of an article, or send some with one command:</p>
<pre tabindex="0"><code>curl ${address}/v1/articles \\
  -H 'content-type: application/json' \\
  -d '{"url": "https://example.com/an-article"}'</code></pre></div>`;
}

function pager(page: StoryPage, query: FeedQuery): Html {
  const newest = query.cursor !== null && html`<a href="${pathOf(query, null)}">Newest</a>`;
  const older =
    page.nextCursor !== null && html`<a href="${pathOf(query, page.nextCursor)}" rel="next">Older stories</a>`;
  if (!newest && !older) return html``;
  return html`<nav class="pager" aria-label="Paging">${newest}${older}</nav>`;
}

/** The address of another page of the same list. */
function pathOf(query: FeedQuery, cursor: string | null): string {
  const parameters = new URLSearchParams();
  if (query.q !== null) parameters.set('q', query.q);
  if (query.source !== null) parameters.set('source', query.source);
  if (query.language !== null) parameters.set('lang', query.language);
  if (query.minMirrors > 0) parameters.set('min_mirrors', String(query.minMirrors));
  if (cursor !== null) parameters.set('cursor', cursor);
  const search = parameters.toString();
  return search === '' ? '/' : `/?${search}`;
}

function findForm(query: FeedQuery): Html {
  const minMirrors = query.minMirrors > 0 ? query.minMirrors : '';
  const isNarrowed = query.source !== null || query.language !== null || query.minMirrors > 0;
  return html`<form class="find" action="/" method="get" role="search">
<label class="section-heading" for="q">Find</label>
<div class="line"><input id="q" name="q" type="search" value="${query.q}" maxlength="500" placeholder="ferry -weather"><button type="submit">Find</button></div>
${isNarrowed ? html`<details open>${filters(query, minMirrors)}</details>` : html`<details>${filters(query, minMirrors)}</details>`}
</form>`;
}

function filters(query: FeedQuery, minMirrors: number | ''): Html {
  return html`<summary>Outlet, language, mirrors</summary>
<div class="fields">
<div><label for="source">Outlet</label><input id="source" name="source" value="${query.source}" maxlength="200" placeholder="example.com" autocapitalize="none" spellcheck="false"></div>
<div><label for="lang">Language</label><input id="lang" name="lang" value="${query.language}" maxlength="3" placeholder="en" autocapitalize="none" spellcheck="false"></div>
<div><label for="min_mirrors">Mirrors, at least</label><input id="min_mirrors" name="min_mirrors" type="number" min="0" value="${minMirrors}" placeholder="0"></div>
</div>`;
}

/** Two questions with one field: take this article in, or tell where it is. */
export function addForm(): Html {
  return html`<form class="add" id="add" action="/submit" method="post">
<label class="section-heading" for="url">Add a URL</label>
<input id="url" name="url" type="url" required maxlength="2048" placeholder="https://example.com/an-article">
<div class="buttons"><button type="submit">Submit</button><button type="submit" class="plain" formmethod="get" formaction="/articles">Where is it?</button></div>
</form>`;
}
