import type { Outlet, StoryPage, StorySummary } from '@wirefold/store';
import { type FeedQuery, feedPath, isFiltered } from './feed-query.ts';
import { findForm } from './filters.ts';
import { agencyLabel, directionOf, formatNumber, languageTag, publishedElement } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

export interface Feed {
  page: StoryPage;
  query: FeedQuery;
  /** What the filter offers to choose from. */
  outlets: readonly Outlet[];
  /** Where this site was asked for: `http://host:port`. */
  address: string;
}

/** The story feed: the front page, its filters and its older pages. */
export function renderFeed({ page, query, outlets, address }: Feed): Html {
  const isFront = query.cursor === null && !isFiltered(query);
  return layout({
    title: headingOf(query),
    here: 'stories',
    json: `/v1/stories${feedPath(query, query.cursor).slice(1)}`,
    main: html`<div class="feed">
${findForm(query, outlets)}
<section class="stories" aria-labelledby="stories-heading">
<h1 id="stories-heading" class="section-heading">${headingOf(query)}</h1>
${query.cursor === null && freshRegion(page, query)}
${page.stories.length === 0 ? emptyFeed(query, address) : storyList(page.stories, isFront)}
${pager(page, query)}
</section>
${addForm()}
</div>`,
  });
}

function headingOf(query: FeedQuery): string {
  const what = query.q === null ? (isFiltered(query) ? 'Stories found' : 'Latest stories') : `Stories for “${query.q}”`;
  return query.cursor === null ? what : `${what}, older`;
}

/** Where the script tells of stories that came since; it asks the API for the same list. */
function freshRegion({ stories }: StoryPage, query: FeedQuery): Html {
  return html`<div class="fresh" aria-live="polite" data-list="/v1/stories${feedPath(query, null).slice(1)}" data-newest="${stories[0]?.createdAt}"></div>`;
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
<div class="words" lang="${languageTag(canonical.language)}" dir="${directionOf(canonical.language)}">
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
  const newest = query.cursor !== null && html`<a href="${feedPath(query, null)}">Newest</a>`;
  const older =
    page.nextCursor !== null && html`<a href="${feedPath(query, page.nextCursor)}" rel="next">Older stories</a>`;
  if (!newest && !older) return html``;
  return html`<nav class="pager" aria-label="Paging">${newest}${older}</nav>`;
}

/** Two questions with one field: take this article in, or tell where it is. */
export function addForm(): Html {
  return html`<form class="add" id="add" action="/submit" method="post">
<label class="section-heading" for="url">Add a URL</label>
<input id="url" name="url" type="url" required maxlength="2048" placeholder="https://example.com/an-article">
<div class="buttons"><button type="submit">Submit</button><button type="submit" class="plain" formmethod="get" formaction="/articles">Where is it?</button></div>
</form>`;
}
