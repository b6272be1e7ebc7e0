import { type ArticleRecord, type Copy, type Gone, WITHDRAWN } from '@wirefold/store';
import { count, timeElement } from './format.ts';
import { type Html, html } from './html.ts';

const GONE_WORDS: Record<string, string> = {
  'http-not-found': 'Its page does not exist any more',
  'http-gone': 'Its page was taken down for good',
  [WITHDRAWN]: 'Its page was withdrawn, for legal reasons',
};

/** Whether the words of a copy may be shown. */
export function isWithdrawn(gone: Gone | null | undefined): boolean {
  return gone?.reason === WITHDRAWN;
}

/** That a page is gone, how and since when; nothing for one that is not. */
export function goneNotice(gone: Gone | null | undefined): Html | false {
  if (gone === null || gone === undefined) return false;
  const words = GONE_WORDS[gone.reason] ?? 'Its page is gone';
  const text = isWithdrawn(gone) ? 'Its text is not shown.' : 'Its text stays here as evidence.';
  return html`<p class="gone">${words}, since ${timeElement(gone.since)}. ${text}</p>`;
}

/** The link from a copy to its earlier texts; nothing where it has none. */
export function revisionsLink({ articleId, revision = 1, source }: Copy): Html | false {
  return (
    revision > 1 &&
    html`<a href="/articles/${articleId}/revisions">Revised ${count(revision - 1, 'time', 'times')}<span class="hidden">, the copy of ${source.name}</span></a>`
  );
}

/** How often an article was read, whether it is still there, and the way to have it read again. */
export function rereadingSection({ id, url, state, reading }: ArticleRecord): Html | false {
  const { revision, readAt, checkedAt, gone } = reading;
  if (revision === null || readAt === null) return false;
  const checked = checkedAt !== null && html` Last seen at its address: ${timeElement(checkedAt)}.`;
  const earlier =
    revision > 1 &&
    html`<p><a href="/articles/${id}/revisions">${count(revision, 'text', 'texts')} were read here; see what changed</a></p>`;
  const again =
    url !== null &&
    state === 'done' &&
    html`<form class="again" method="post" action="/articles/${id}/refetch"><button>Read it again</button></form>`;
  return html`<section class="rereading" aria-labelledby="rereading">
<h2 id="rereading" class="section-heading">Since then</h2>
${goneNotice(gone)}
<p>This text was first read ${timeElement(readAt)}.${checked}</p>
${earlier}${again}
</section>`;
}
