import type { FeedPage, FeedRecord } from '@wirefold/store';
import { reasonWords } from './article.ts';
import { count, formatDuration, formatNumber, outsideLink, timeElement } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

const KINDS: Record<NonNullable<FeedRecord['kind']>, string> = {
  rss: 'RSS',
  atom: 'Atom',
  json: 'JSON Feed',
  sitemap: 'News sitemap',
  'sitemap-index': 'Index of news sitemaps',
};

const RESULTS: Record<NonNullable<FeedRecord['result']>, string> = {
  new: 'Brought something new',
  same: 'Nothing new',
  'not-modified': 'Nothing new, and so not sent',
  found: 'Found on the page',
  failed: 'Failed',
};

/** The feeds that are subscribed: each with how it stands and what can be done, then how to add more. Forms only, no script. */
export function renderFeeds({ feeds, nextCursor }: FeedPage, cursor: string | null): Html {
  const next = nextCursor !== null && html`<a rel="next" href="/feeds?cursor=${nextCursor}">Later subscriptions</a>`;
  const first = cursor !== null && html`<a href="/feeds">The first ones</a>`;
  return layout({
    title: 'Feeds',
    here: 'feeds',
    json: cursor === null ? '/v1/feeds' : `/v1/feeds?cursor=${encodeURIComponent(cursor)}`,
    main: html`<div class="monitor">
<h1>Feeds</h1>
${feeds.length === 0 ? html`<p class="empty">No feed is subscribed. Add one below: what stands in it is read as it comes.</p>` : feedsTable(feeds)}
${(next || first) && html`<nav class="pager" aria-label="Paging">${first}${next}</nav>`}
${addFeedForm()}
${listForm()}
</div>`,
  });
}

function feedsTable(feeds: FeedRecord[]): Html {
  return html`<div class="wide" role="region" aria-labelledby="feeds" tabindex="0"><table class="failures"><caption id="feeds">Subscribed feeds</caption>
<thead><tr><th scope="col">Feed</th><th scope="col">Last poll</th><th scope="col">Next poll</th><th scope="col">Entries</th><th scope="col">Do</th></tr></thead>
<tbody>${feeds.map(feedRow)}</tbody></table></div>`;
}

function feedRow(feed: FeedRecord): Html {
  const name = feed.title ?? feed.url;
  const kind = feed.kind === null ? 'Not read yet' : KINDS[feed.kind];
  return html`<tr id="${feed.id}"><th scope="row"><span dir="auto">${feed.homeUrl === null ? name : outsideLink(feed.homeUrl, name)}</span><br>
<span class="quiet">${kind}, ${feed.sourceKey}${feed.isFullText && ', with whole texts'}</span><br><span class="quiet detail">${outsideLink(feed.url, feed.url)}</span></th>
<td>${lastPoll(feed)}</td>
<td>${nextPoll(feed)}</td>
<td>${formatNumber(feed.entries)}<br><span class="quiet">${formatNumber(feed.entriesNew)} new so far</span></td>
<td>${actions(feed, name)}</td></tr>
`;
}

function lastPoll({ result, reason, detail, polledAt, failuresInARow }: FeedRecord): Html {
  if (result === null || polledAt === null) return html`<span class="quiet">Never</span>`;
  const streak =
    failuresInARow > 1 && html` <span class="quiet">${count(failuresInARow, 'time', 'times')} in a row</span>`;
  const why =
    reason !== null &&
    html`<br>${reasonWords(reason)} <span class="rule">${reason}</span> <span class="quiet detail">${detail}</span>`;
  return html`${RESULTS[result]}${streak}, ${timeElement(polledAt, true)}${why}`;
}

function nextPoll({ nextPollAt, intervalMs }: FeedRecord): Html {
  if (nextPollAt === null) return html`<strong>Paused</strong>`;
  return html`${timeElement(nextPollAt, true)}<br><span class="quiet">every ${formatDuration(intervalMs)}</span>`;
}

function actions(feed: FeedRecord, name: string): Html {
  const does = feed.state === 'active' ? ['poll', 'pause', 'remove'] : ['resume', 'remove'];
  const labels: Record<string, string> = { poll: 'Poll now', pause: 'Pause', resume: 'Resume', remove: 'Remove' };
  return html`<form action="/feeds/${feed.id}" method="post"><div class="buttons">${does.map(
    (action) =>
      html`<button type="submit" class="plain" name="do" value="${action}" aria-label="${labels[action]}: ${name}">${labels[action]}</button>`,
  )}</div></form>`;
}

function addFeedForm(): Html {
  return html`<form class="add" id="add" action="/feeds" method="post">
<label class="section-heading" for="url">Add a feed</label>
<p class="quiet" id="url-help">RSS, Atom, JSON Feed or a news sitemap, or a home page that names one.</p>
<input id="url" name="url" type="url" required maxlength="2048" placeholder="https://example.com/feed.xml" aria-describedby="url-help">
<p><label><input type="checkbox" name="full_text" value="yes"> Its entries hold the whole texts: no page is fetched</label></p>
<div class="buttons"><button type="submit">Subscribe</button></div>
</form>`;
}

function listForm(): Html {
  return html`<form class="add" id="import" action="/feeds/import" method="post">
<label class="section-heading" for="opml">Add a list</label>
<p class="quiet" id="opml-help">The text of an OPML file, as other readers write it. <a href="/v1/feeds.opml">This list as OPML</a></p>
<textarea id="opml" name="opml" rows="6" required spellcheck="false" aria-describedby="opml-help"></textarea>
<div class="buttons"><button type="submit">Import</button></div>
</form>`;
}

/** What became of an imported list. */
export function renderImported(imported: {
  isNew: number;
  known: number;
  refused: { url: string; detail: string }[];
}): Html {
  const { isNew, known, refused } = imported;
  return layout({
    title: 'Imported',
    here: 'feeds',
    main: html`<div class="monitor"><h1>Imported</h1>
<p>${count(isNew, 'feed', 'feeds')} subscribed; ${formatNumber(known)} known before. <a href="/feeds">To the feeds</a></p>
${refused.length > 0 && html`<h2>Refused</h2><ul>${refused.map(({ url, detail }) => html`<li><span class="detail">${url}</span> ${detail}</li>\n`)}</ul>`}
</div>`,
  });
}
