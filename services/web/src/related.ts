import type { StorySummary } from '@wirefold/store';
import type { Relation } from '@wirefold/story';
import { agencyTag, spreadOf } from './feed.ts';
import { count, directionOf, languageTag, publishedElement } from './format.ts';
import { type Html, html } from './html.ts';

/** Another story of the same event, with what says so. */
export interface RelatedStory extends Omit<Relation, 'id'> {
  story: StorySummary;
}

/** Names of a relation that are told; the others are counted. */
const NAMES_SHOWN_MAX = 6;

/** Other texts about the same event, below the copies and apart from them; nothing where none is known. */
export function relatedSection(related: RelatedStory[]): Html | false {
  if (related.length === 0) return false;
  return html`<section class="related" aria-labelledby="related">
<h2 id="related" class="section-heading">Other stories of this event</h2>
<p class="quiet">Other texts, no copies of this one: printed within a few days of it, and they name what few others of these days name.</p>
<ol class="rows">${related.map((each) => html`<li>${relatedRow(each)}</li>\n`)}</ol>
</section>`;
}

function relatedRow({ story, names }: RelatedStory): Html {
  const { canonical } = story;
  const left = names.length - NAMES_SHOWN_MAX;
  return html`<article class="row">
<p class="kicker"><span class="outlet" dir="auto">${canonical.source.name}</span>${agencyTag(story)}${publishedElement(canonical.published)}</p>
<h3 lang="${languageTag(canonical.language)}" dir="${directionOf(canonical.language)}"><a href="/stories/${encodeURIComponent(story.id)}">${story.title === '' ? 'Untitled' : story.title}</a></h3>
<p class="reason">Both name ${names.slice(0, NAMES_SHOWN_MAX).map((name, index) => html`${index > 0 && ', '}<span dir="auto">${name}</span>`)}${left > 0 && `, and ${count(left, 'more', 'more')}`}</p>
${spreadOf(story)}
</article>`;
}
