import type { Copy, StoryDetail } from '@wirefold/store';
import { copyForms, type People } from './decisions.ts';
import { count, outsideLink, publishedElement } from './format.ts';
import { type Html, html } from './html.ts';
import { type CanonicalPrint, changesOf, type MirrorView, mirrorEntry } from './mirror.ts';

type Origin = StoryDetail['origins'][number];

/** Mirrors of which a page says what they changed: a word diff of 600 words takes half a millisecond to two. */
const MIRRORS_DIFFED_MAX = 40;

/** An origin with the copies that name it; null stands for those that name none of several. */
interface Column {
  origin: Origin | null;
  hasCanonical: boolean;
  mirrors: MirrorView[];
}

/** Who wrote the text, each with the copies that credit them below. */
export function originsSection(story: StoryDetail, canonical: CanonicalPrint, people: People): Html {
  const left = story.mirrors - story.mirrorList.length;
  const columns = columnsOf(story, canonical);
  return html`<section class="mirrors" aria-labelledby="mirrors">
<h2 id="mirrors" class="section-heading">${count(story.origins.length, 'origin', 'origins')}, ${count(story.mirrors, 'mirror', 'mirrors')}</h2>
<div class="${columns.length > 1 ? 'origins several' : 'origins'}">
${columns.map((column, index) => columnOf(column, index + 1, story, { canonical, people }))}
</div>
${story.mirrors === 0 && html`<p class="quiet">No other outlet has printed this text, as far as Wirefold has seen.</p>`}
${left > 0 && html`<p class="quiet">${count(left, 'more mirror is', 'more mirrors are')} not listed here.</p>`}
${compareForm(story)}
</section>`;
}

/** A copy stands below the origin that it credits or is; where the text has one origin, below that one whatever it says. */
function columnsOf(story: StoryDetail, canonical: CanonicalPrint): Column[] {
  const originOf = (sourceKey: string, agencyId: string | undefined): Origin | undefined => {
    if (story.origins.length === 1) return story.origins[0];
    return story.origins.find(({ key }) => key === agencyId) ?? story.origins.find(({ key }) => key === sourceKey);
  };
  const ofCanonical = originOf(story.canonical.source.key, canonical?.credit.agency?.id);
  const ofMirrors = story.mirrorList.map((mirror) => originOf(mirror.source.key, mirror.credit.agency?.id));
  const named = story.origins.map((origin) => ({
    origin,
    hasCanonical: ofCanonical === origin,
    mirrors: story.mirrorList.filter((_, index) => ofMirrors[index] === origin),
  }));
  const nameless = story.mirrorList.filter((_, index) => ofMirrors[index] === undefined);
  const isNameless = nameless.length > 0 || ofCanonical === undefined;
  return isNameless ? [...named, { origin: null, hasCanonical: ofCanonical === undefined, mirrors: nameless }] : named;
}

function columnOf(
  { origin, hasCanonical, mirrors }: Column,
  number: number,
  story: StoryDetail,
  { canonical, people }: { canonical: CanonicalPrint; people: People },
): Html {
  const head =
    origin === null
      ? html`<h3 id="origin-${number}">No origin named</h3><p class="evidence">These copies credit nobody.</p>`
      : html`<h3 id="origin-${number}"><span dir="auto">${origin.name}</span>${origin.isAgency && html` <span class="agency">agency</span>`}</h3><p class="evidence">${origin.evidence}</p>`;
  const entries = mirrors.map((mirror) => {
    const isDiffed = story.mirrorList.indexOf(mirror) < MIRRORS_DIFFED_MAX;
    const changes = isDiffed ? changesOf(mirror, story, canonical) : null;
    return html`<li>${mirrorEntry(mirror, story, changes, copyForms(mirror, story, people))}</li>\n`;
  });
  return html`<section class="origin" aria-labelledby="origin-${number}">
<header>${head}</header>
<ol class="mirror-list">${hasCanonical && html`<li>${canonicalEntry(story.canonical, copyForms(story.canonical, story, people))}</li>`}${entries}</ol>
</section>
`;
}

function canonicalEntry({ articleId, url, source, published }: Copy, forms: Html | false): Html {
  return html`<article class="mirror leads" id="copy-${articleId}">
<div class="mirror-head">
<h4 dir="auto">${outsideLink(url, source.name)}</h4>
<p class="when">${publishedElement(published)}</p>
<p class="verdict"><strong>Leads the story.</strong> <span class="quiet">Its text stands above.</span></p>
</div>
${forms}
</article>`;
}

/** Any two copies, to be compared word by word. */
function compareForm({ id, canonical, mirrorList }: StoryDetail): Html | false {
  const [first] = mirrorList;
  if (first === undefined) return false;
  const copies: Copy[] = [canonical, ...mirrorList];
  const options = (chosen: string) =>
    copies.map(({ articleId, source, title }) => {
      const label = copies.some((other) => other.articleId !== articleId && other.source.key === source.key)
        ? `${source.name}: ${title}`
        : source.name;
      return articleId === chosen
        ? html`<option value="${articleId}" selected>${label}</option>`
        : html`<option value="${articleId}">${label}</option>`;
    });
  return html`<form class="compare" action="/stories/${id}/diff" method="get">
<h3 class="section-heading">Any two copies, word for word</h3>
<div class="line"><label for="a">Before</label><select id="a" name="a">${options(canonical.articleId)}</select>
<label for="b">After</label><select id="b" name="b">${options(first.articleId)}</select>
<button type="submit" class="plain">Compare</button></div>
</form>`;
}
