import type { Paragraph } from '@wirefold/article';
import type { FeedItem } from '@wirefold/store';
import { type Html, html, linkable, render } from '@wirefold/web';
import { type Feed, itemUrl, outletName } from './feed.ts';

type Text = Pick<FeedItem, 'body' | 'boilerplate'>;

/** The article in HTML of paragraphs, without what is its site's own; then where it stands, and where else. */
export function contentOf(feed: Pick<Feed, 'address'>, item: FeedItem): string {
  const { canonical, copies, outlets, isCut } = item;
  const more = isCut && html`<p>…</p>`;
  const outlet = outletName(item);
  const url = linkable(canonical.url);
  const read = url === null ? html`${outlet}` : html`<a href="${url}">${outlet}</a>`;
  const spread = html`<a href="${itemUrl(feed, item)}">${copies} ${copies === 1 ? 'copy' : 'copies'}, ${outlets} ${outlets === 1 ? 'outlet' : 'outlets'}</a>`;
  return render(
    html`${item.paragraphs.map((paragraph) => paragraphHtml(item, paragraph))}${more}<p>${read} · ${spread}</p>${mirrorList(item)}`,
  );
}

function paragraphHtml(text: Text, paragraph: Paragraph): Html | null {
  const own = ownText(text, paragraph);
  if (own === '') return null;
  if (paragraph.kind === 'heading') return html`<h3>${own}</h3>`;
  if (paragraph.kind === 'quote') return html`<blockquote><p>${own}</p></blockquote>`;
  return html`<p>${own}</p>`;
}

/** What of a paragraph is the article's own. */
function ownText({ body, boilerplate }: Text, { start, end }: Paragraph): string {
  let from = start;
  let own = '';
  for (const span of boilerplate) {
    if (span.end <= from || span.start >= end) continue;
    own += body.slice(from, Math.max(from, span.start));
    from = span.end;
  }
  return (own + body.slice(Math.min(from, end), end)).trim();
}

function mirrorList({ mirrorList: mirrors, copies }: FeedItem): Html | null {
  if (mirrors.length === 0) return null;
  const left = copies - 1 - mirrors.length;
  return html`<p>Also in:</p><ul>${mirrors.map((mirror) => html`<li>${mirrorLink(mirror)}</li>`)}${
    left > 0 && html`<li>and ${left} more</li>`
  }</ul>`;
}

function mirrorLink({ url, title, source }: FeedItem['mirrorList'][number]): Html {
  const label = `${source.name}: ${title}`;
  const target = linkable(url);
  return target === null ? html`${label}` : html`<a href="${target}">${label}</a>`;
}
