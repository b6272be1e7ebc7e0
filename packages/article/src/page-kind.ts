/** Pages that say themselves that they are something else than an article: a video's, a gallery's, an index of articles. */
import type { MeasuredBlock } from './blocks.ts';
import { HEADINGS } from './markup.ts';
import { firstMeta, type Metas } from './metas.ts';
import { kindsOf } from './structured-data.ts';
import { type Stub, wordCount } from './stubs.ts';

/** Beside a player or a row of pictures: more words than this are a report with a video on top. */
const CAPTION_WORDS_MAX = 60;
/** An index has at least so many headings that lead elsewhere. An article has some, to others. */
const LEADS_MIN = 8;
const LEAD_WORDS_MIN = 3;
const LEAD_LINK_SHARE_MIN = 0.8;
/** And either next to no text, or at least so much of it under those headings. */
const INDEX_WORDS_MAX = 100;
const TEASER_SHARE_MIN = 0.5;
/** Between a heading and its teaser stand a time, an author and a section. */
const TEASER_REACH_BLOCKS = 3;

const ARTICLE_TYPE = /^article/i;
const VIDEO_TYPE = /^video\b/i;
const GALLERY_KIND = /^(?:Image|Media|Video)Gallery$/;
const INDEX_KIND = /^(?:CollectionPage|SearchResultsPage)$/;

/** A page whose structured data describes no article; its text as it was extracted from the blocks that it shows. */
export interface KindInput {
  structuredData: readonly string[];
  metas: Metas;
  url: string;
  body: string;
  blocks: readonly MeasuredBlock[];
  chosen: readonly MeasuredBlock[];
}

/** The kind that a page declares and that its text does not belie; null for an article, and for whatever is in doubt. */
export function kindOf({ structuredData, metas, url, body, blocks, chosen }: KindInput): Stub | null {
  const kinds = kindsOf(structuredData);
  const type = firstMeta(metas, ['og:type']) ?? '';
  const words = wordCount(body, INDEX_WORDS_MAX + 1);
  if (words <= CAPTION_WORDS_MAX) {
    if (VIDEO_TYPE.test(type) && kinds.has('VideoObject')) return { reason: 'video-page', detail: `og:type ${type}` };
    const gallery = [...kinds].find((kind) => GALLERY_KIND.test(kind));
    if (gallery !== undefined) return { reason: 'gallery-page', detail: gallery };
  }
  const index = [...kinds].find((kind) => INDEX_KIND.test(kind));
  const front = isFront(url) && !ARTICLE_TYPE.test(type) ? 'front page' : null;
  const sign = index ?? front;
  if (sign === null) return null;
  const leads = new Set(blocks.filter(isLead).map((block) => block.index));
  if (leads.size < LEADS_MIN || (words > INDEX_WORDS_MAX && !isTeasers(chosen, leads))) return null;
  return { reason: 'index-page', detail: `${sign}, ${leads.size} headings lead elsewhere` };
}

/** The address of a site without any path; with a query it may be an article's. */
function isFront(url: string): boolean {
  const address = URL.canParse(url) ? new URL(url) : null;
  return address !== null && address.pathname === '/' && address.search === '';
}

function isLead({ node, words, linkShare }: MeasuredBlock): boolean {
  const isHeading = HEADINGS.has(node.tag) || (node.parent !== null && HEADINGS.has(node.parent.tag));
  return isHeading && words >= LEAD_WORDS_MIN && linkShare >= LEAD_LINK_SHARE_MIN;
}

/** Whether at least half of the text stands right under headings that lead elsewhere. */
function isTeasers(chosen: readonly MeasuredBlock[], leads: ReadonlySet<number>): boolean {
  const reach = Array.from({ length: TEASER_REACH_BLOCKS }, (_, at) => at + 1);
  const prose = chosen.filter(({ isProse }) => isProse);
  const teasers = prose.filter(({ index }) => reach.some((back) => leads.has(index - back)));
  return prose.length > 0 && teasers.length >= prose.length * TEASER_SHARE_MIN;
}
