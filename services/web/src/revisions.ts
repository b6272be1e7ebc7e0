import type { RevisionHistory, RevisionPair, RevisionSummary } from '@wirefold/store';
import { type WordOperation, wordDiff } from '@wirefold/story';
import { count, outsideLink, publishedElement, timeElement } from './format.ts';
import { type Fill, type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { goneNotice } from './rereading.ts';

/** What stood at an article's URL, from the newest back, and what was changed in one of them. */
export function renderRevisions(history: RevisionHistory, shown: RevisionPair | null): Html {
  const { articleId, url, gone, revisions, dropped } = history;
  const title = revisions.at(-1)?.title || 'Untitled';
  return layout({
    title: `Revisions of ${title}`,
    json: `/v1/articles/${encodeURIComponent(articleId)}/revisions`,
    main: html`<div class="revisions">
<header>
<p class="kicker">${count(revisions.length + dropped, 'text was', 'texts were')} read at this address</p>
<h1 dir="auto">${title}</h1>
${url !== null && html`<p class="address">${outsideLink(url, url)}</p>`}
<p><a href="/articles/${articleId}">To the article</a></p>
${goneNotice(gone)}
</header>
<section aria-labelledby="texts">
<h2 id="texts" class="section-heading">Texts</h2>
<ol class="revision-list">${revisions.toReversed().map((revision) => html`<li>${revisionEntry(revision, articleId)}</li>\n`)}</ol>
${dropped > 0 && html`<p class="quiet">${count(dropped, 'text', 'texts')} between the first and the newest are not kept.</p>`}
</section>
${shown !== null && changesSection(shown)}
</div>`,
  });
}

function revisionEntry(
  { number, readAt, title, byline, published, isCurrent }: RevisionSummary,
  articleId: string,
): Html {
  const way = isCurrent
    ? html`stands now`
    : html`<a href="/articles/${articleId}/revisions?number=${number}#changes">What was changed in it<span class="hidden">, in text ${number}</span></a>`;
  return html`<p><strong>${number}</strong> <span dir="auto">${title === '' ? 'Untitled' : title}</span></p>
<p class="quiet">Read ${timeElement(readAt)}; says ${publishedElement(published)}${byline !== null && html`, <span dir="auto">${byline}</span>`} · ${way}</p>`;
}

function changesSection({ revision, next, isWithdrawn }: RevisionPair): Html {
  const heading = html`<h2 id="changes" class="section-heading">From text ${revision.number} to text ${next?.number ?? revision.number}</h2>`;
  if (isWithdrawn)
    return html`<section aria-labelledby="changes">${heading}<p class="quiet">The text is not shown: its source may not show it any more.</p></section>`;
  if (next === null)
    return html`<section aria-labelledby="changes">${heading}<p class="quiet">No later text is known.</p></section>`;
  const bylines = `${revision.byline ?? ''}` !== `${next.byline ?? ''}`;
  return html`<section aria-labelledby="changes">
${heading}
<p class="rewritten title" dir="auto">${diffOf(revision.title, next.title)}</p>
${bylines && html`<p class="rewritten" dir="auto">${diffOf(revision.byline ?? '', next.byline ?? '')}</p>`}
<div class="rewritten" dir="auto">${diffOf(revision.body, next.body)}</div>
</section>`;
}

function diffOf(before: string, after: string): Fill {
  const marked: Record<WordOperation['kind'], (text: string) => Fill> = {
    kept: (text) => text,
    removed: (text) => html`<del><span class="hidden">(removed: </span>${text}<span class="hidden">)</span></del>`,
    added: (text) => html`<ins><span class="hidden">(added: </span>${text}<span class="hidden">)</span></ins>`,
  };
  return wordDiff(before, after).map(({ kind, text }) => marked[kind](text));
}
