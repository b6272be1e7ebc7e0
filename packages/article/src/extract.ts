/** The body of a page: its blocks are put to the model of the body, chosen, and joined as paragraphs. */
import { isInside, type MeasuredBlock, measure, outermost } from './blocks.ts';
import { type BlockDecision, choose, LIKELIHOOD_MIN } from './choose.ts';
import type { DeclaredPage } from './declared.ts';
import { findHeadline, isTitle, keyOf } from './headline.ts';
import { BODY_MODEL, type BodyModel, likelihoodsOf } from './likelihood/body-model.ts';
import { viewPage } from './likelihood/page-view.ts';
import { HEADINGS } from './markup.ts';
import { PARAGRAPH_GAP } from './paragraph.ts';
import { phraseOf } from './phrases.ts';
import type { Block, PageNode } from './scanned.ts';

export interface Extraction {
  /** Paragraphs, with an empty line between them. */
  body: string;
  /** All blocks of the page, measured. */
  blocks: MeasuredBlock[];
  /** What was decided of each, in page order. */
  decisions: BlockDecision[];
  /** Those that make the body, in page order. */
  chosen: MeasuredBlock[];
  /** Index of the block that holds the headline, -1 when none does. */
  headline: number;
}

/** Elements of the page that hold other articles. */
export type ForeignParts = (blocks: readonly MeasuredBlock[], headline: number) => readonly PageNode[];

const NO_FOREIGN: ForeignParts = () => [];

/** The longest body of the development pages has 55,000 characters; a book has a million. */
const BODY_CHARS_MAX = 1_000_000;
/** An element with a headline and fewer words is a teaser, or the head of a page whose text stands elsewhere. */
const OWN_ARTICLE_WORDS_MIN = 20;
/** The phrases by which sites speak for themselves are the article's only where the model is nearly sure. */
const PHRASE_LIKELIHOOD_MIN = 0.9;
/** Sites set whole paragraphs as headings; a heading that is a label is shorter. */
const LAST_HEADING_WORDS_MAX = 4;
/** An element, the one around it, and the one around that. */
const HEADER_LEVELS = 3;
const DESCRIPTION_WORDS_MIN = 6;
const DESCRIPTION_WORDS_MAX = 100;
const DESCRIPTION_LINK_SHARE_MAX = 0.3;

/**
 * Extracts the body from the blocks of a page.
 * @param declared what the page's metadata says of the article
 * @param foreignOf elements that hold other articles: nothing of them is chosen
 * @param model another than the one that pages are read with, to measure or compare
 */
export function extract(
  scanned: readonly Block[],
  declared: DeclaredPage,
  foreignOf: ForeignParts = NO_FOREIGN,
  model: BodyModel = BODY_MODEL,
): Extraction {
  const blocks = measure(scanned);
  const keys = declared.titles.map(keyOf).filter((key) => key.length > 0);
  const headline = findHeadline(blocks, keys);
  const foreign = foreignOf(blocks, headline);
  const likelihoods = likelihoodsOf(viewPage(scanned, headline, declared), model);
  const own = ownArticle(blocks, likelihoods, headline);
  const next = nextHeadline(blocks, likelihoods, headline);
  const isConsent = consentReader(blocks[headline]?.node ?? null);
  const decisions = choose(blocks, likelihoods, (block, likelihood) => {
    if (isTitle(block, keys, headline)) return 'title';
    if (foreign.some((node) => isInside(block.node, node)) || isInOther(block.node, own)) return 'another-article';
    if (block.index >= next) return 'another-article';
    if (isConsent(block.node)) return 'consent';
    return likelihood < PHRASE_LIKELIHOOD_MIN && phraseOf(block.text) !== null ? 'phrase' : null;
  });
  keepDescription(decisions, headline, keyOf(declared.description));
  dropLastHeadings(decisions);
  const chosen = decisions.flatMap(({ block, dropped }) => (dropped === null ? [block] : []));
  return { body: joinParagraphs(chosen.map((block) => block.text)), blocks, decisions, chosen, headline };
}

/** On a page with several `<article>` elements, the one that holds the headline, where it holds likely text, too. */
function ownArticle(
  blocks: readonly MeasuredBlock[],
  likelihoods: readonly number[],
  headline: number,
): PageNode | null {
  const titled = blocks[headline];
  const own = titled === undefined ? null : outermost(titled.node, 'article');
  if (own === null) return null;
  const words = blocks.reduce((sum, { node, words }, at) => {
    return (likelihoods[at] ?? 0) > LIKELIHOOD_MIN && isInside(node, own) ? sum + words : sum;
  }, 0);
  return words >= OWN_ARTICLE_WORDS_MIN ? own : null;
}

/** Index of the headline with which a page goes on to its next article: set as its own is, in a header of its own. */
function nextHeadline(blocks: readonly MeasuredBlock[], likelihoods: readonly number[], headline: number): number {
  const titled = blocks[headline];
  if (titled?.node.tag !== 'h1') return blocks.length;
  let words = 0;
  for (const { index, text, node, words: own } of blocks.slice(headline + 1)) {
    if (words >= OWN_ARTICLE_WORDS_MIN && text !== titled.text && isSetAlike(node, titled.node)) return index;
    if ((likelihoods[index] ?? 0) > LIKELIHOOD_MIN) words += own;
  }
  return blocks.length;
}

/** Two elements of one kind in two headers of one kind; the headings of one text stand in one element. */
function isSetAlike(one: PageNode, other: PageNode): boolean {
  if (one.parent === other.parent) return false;
  let a: PageNode | null = one;
  let b: PageNode | null = other;
  for (let level = 0; level < HEADER_LEVELS; level += 1, a = a.parent, b = b.parent) {
    if (a === null || b === null || a.tag !== b.tag || a.label !== b.label) return false;
    if (a === b) break;
  }
  return one.label !== '' || one.parent?.label !== '';
}

function isInOther(node: PageNode, own: PageNode | null): boolean {
  const article = own === null ? null : outermost(node, 'article');
  return article !== null && article !== own;
}

const CONSENT =
  /cookie|consent|gdpr|onetrust|didomi|usercentrics|sourcepoint|privacy-?(?:bar|banner|box|cent(?:er|re)|modal|popup|pref|settings)/;

/** A consent text may be longer than the article. An element that also holds the headline is the page, whatever it is called. */
function consentReader(headline: PageNode | null): (node: PageNode) => boolean {
  const around = new Set<PageNode>();
  for (let node = headline; node !== null; node = node.parent) around.add(node);
  return (from) => {
    for (let node: PageNode | null = from; node !== null && !around.has(node); node = node.parent) {
      if (CONSENT.test(node.label)) return true;
    }
    return false;
  };
}

/** The paragraph between headline and text that the metadata gives as description. Many sites place it apart from the text. */
function keepDescription(decisions: BlockDecision[], headline: number, description: string): void {
  const first = decisions.findIndex(({ dropped }) => dropped === null);
  if (headline < 0 || description === '') return;
  const found = decisions.slice(headline + 1, Math.max(0, first)).find(({ block }) => {
    if (block.words < DESCRIPTION_WORDS_MIN || block.words > DESCRIPTION_WORDS_MAX) return false;
    return block.linkShare < DESCRIPTION_LINK_SHARE_MAX && keyOf(block.text) === description;
  });
  if (found !== undefined) found.dropped = null;
}

/** A heading after the last paragraph heads what was not kept: related articles, comments, the cards of others. */
function dropLastHeadings(decisions: BlockDecision[]): void {
  for (let at = decisions.length - 1; at >= 0; at -= 1) {
    const decision = decisions[at];
    if (decision === undefined || decision.dropped !== null) continue;
    const { node, words, isSentence } = decision.block;
    if (!HEADINGS.has(node.tag) || isSentence || words > LAST_HEADING_WORDS_MAX) return;
    decision.dropped = 'heads-nothing';
  }
}

/** Paragraphs with an empty line between them, cut at the longest body there is. */
export function joinParagraphs(paragraphs: readonly string[]): string {
  return paragraphs.join(PARAGRAPH_GAP).slice(0, BODY_CHARS_MAX);
}
