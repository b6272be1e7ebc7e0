import { SPELLING_WORDS } from '@wirefold/article';
import type { ArticleRecord, KnownSpelling } from '@wirefold/store';
import { outsideLink, timeElement } from './format.ts';
import { type Html, html } from './html.ts';

/** The URLs of an article: its own after the rules, and each other spelling with what says that it is one. */
export function addressesSection({ url, canonicalUrl, spellings }: ArticleRecord): Html {
  if (canonicalUrl === null || (spellings.length === 0 && canonicalUrl === url)) return html``;
  return html`<section aria-labelledby="addresses">
<h2 id="addresses" class="section-heading">Its addresses</h2>
<ul class="cards"><li>${outsideLink(canonicalUrl, canonicalUrl)} <span class="quiet">its own, after the rules for addresses</span></li>
${spellings.map(spellingItem)}</ul></section>`;
}

function spellingItem({ url, submittedUrl, sign, seenAt }: KnownSpelling): Html {
  return html`<li>${outsideLink(url, url)} <span class="quiet">${SPELLING_WORDS[sign]} <span class="rule">${sign}</span>${submittedUrl !== null && submittedUrl !== url && html`, submitted as ${submittedUrl}`}${seenAt !== null && html`, since ${timeElement(seenAt, true)}`}</span></li>\n`;
}
