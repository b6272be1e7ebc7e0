/** The features of a block, in the order of their names: what the model decides by. */
import { phraseOf } from '../phrases.ts';
import type { PageNode } from '../scanned.ts';
import { EMPTY_CONTAINER } from './containers.ts';
import { KEYWORD_NAMES, keywordsOf } from './keywords.ts';
import { GROUP_NAMES } from './labels.ts';
import type { BlockView, PageView } from './page-view.ts';
import {
  ARTICLE_NAMES,
  HEADING_NAMES,
  type Heading,
  headingOf,
  headlinePlace,
  isHeadingLike,
  sinceHeading,
  toHeadline,
} from './place-features.ts';
import { capitalShare, endsAs, marksOf, stopWordShare } from './words.ts';

/** Stands for "none on the way": farther than any distance that is counted. */
export const FAR = 20;
const LEVELS_MAX = 16;

const SHAPE_NAMES = [
  'words', 'chars', 'linkShare', 'charsPerWord', 'sentenceEnds', 'sentenceEndsPerWord', 'commasPerWord', 'digitShare',
  'capitalShare', 'stopWordShare', 'endsAs', 'opensQuote', 'hasSeparator', 'lines', 'repeats', 'phrase',
]; // biome-ignore format: names stand as their values do

function shapeOf({ block: { text, breaks }, wording, words, linkShare }: BlockView, page: PageView): number[] {
  const marks = marksOf(text);
  const perWord = 1 / Math.max(1, words);
  return [
    words,
    text.length,
    linkShare,
    text.length * perWord,
    marks.sentenceEnds,
    marks.sentenceEnds * perWord,
    marks.commas * perWord,
    marks.digits / text.length,
    capitalShare(wording),
    stopWordShare(wording),
    endsAs(text),
    /^["“‘'«„»]/.test(text) ? 1 : 0,
    /[|»•›]/.test(text) ? 1 : 0,
    Math.min(20, breaks.length),
    (page.texts.get(text) ?? 1) - 1,
    phraseOf(text)?.factor ?? 1,
  ];
}

const DECLARED_NAMES = ['titleShare', 'titleCover', 'descriptionShare', 'structuredShare'];

const POSITION_NAMES = [
  'indexShare', 'wordsBeforeShare', 'fromHeadline', 'fromLongest', 'index', 'pageBlocks', 'pageWords',
]; // biome-ignore format: as above

const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

function positionOf({ block: { index }, wordsBefore }: BlockView, page: PageView): number[] {
  return [
    index / Math.max(1, page.views.length - 1),
    wordsBefore / Math.max(1, page.words),
    page.headline < 0 ? -300 : clamp(index - page.headline, 200),
    clamp(index - page.longest, 100),
    index,
    page.views.length,
    page.words,
  ];
}

const OWN_TAGS = [
  'p',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'div',
  'td',
  'figcaption',
  'blockquote',
  'section',
  'article',
  'pre',
  'dd',
];
const OUTER_TAGS =
  'article main aside nav footer header figure ul ol table form blockquote button section a li dl details h2 h3'.split(
    ' ',
  );
const OUTER_TAG_AT = new Map(OUTER_TAGS.map((tag, at) => [tag, at]));
const ELEMENT_NAMES = [
  ...OWN_TAGS.map((tag) => `is:${tag}`),
  'depth',
  ...OUTER_TAGS.map((tag) => `to:${tag}`),
  ...GROUP_NAMES.map((group) => `to:.${group}`),
];

function elementOf({ node: own }: BlockView, { groupsOf }: PageView): number[] {
  const values: number[] = OWN_TAGS.map((tag) => (tag === own.tag ? 1 : 0));
  values.push(own.depth);
  const tags = values.length;
  const groups = tags + OUTER_TAGS.length;
  for (let at = 0; at < OUTER_TAGS.length + GROUP_NAMES.length; at += 1) values.push(FAR);
  let level = 0;
  for (let node: PageNode | null = own; node !== null && level < LEVELS_MAX; node = node.parent, level += 1) {
    const tag = OUTER_TAG_AT.get(node.tag);
    if (tag !== undefined && values[tags + tag] === FAR) values[tags + tag] = level;
    for (let bits = groupsOf(node), bit = 0; bits !== 0; bits >>>= 1, bit += 1) {
      if ((bits & 1) !== 0 && values[groups + bit] === FAR) values[groups + bit] = level;
    }
  }
  return values;
}

const CONTAINER_LEVELS = 5;
const CONTAINER_NAMES = [
  ...Array.from({ length: CONTAINER_LEVELS }, (_, level) =>
    ['wordShare', 'linkShare', 'blocks', 'proseShare'].map((name) => `around${level}:${name}`),
  ).flat(),
  ...['blocks', 'wordShare', 'meanWords', 'linkShare', 'proseShare'].map((name) => `alike:${name}`),
];

function containersAround({ node: own, signature }: BlockView, page: PageView): number[] {
  const values: number[] = [];
  let node: PageNode = own;
  for (let level = 0; level < CONTAINER_LEVELS; level += 1) {
    const { words, linkWords, blocks, proseWords } = page.containers.get(node) ?? EMPTY_CONTAINER;
    const perWord = 1 / Math.max(1, words);
    values.push(words / Math.max(1, page.words), linkWords * perWord, Math.min(200, blocks), proseWords * perWord);
    node = node.parent ?? node;
  }
  const alike = page.signatures.get(signature) ?? { ...EMPTY_CONTAINER, blocks: 1 };
  const perWord = 1 / Math.max(1, alike.words);
  values.push(
    Math.min(100, alike.blocks),
    alike.words / Math.max(1, page.words),
    alike.words / alike.blocks,
    alike.linkWords * perWord,
    alike.proseWords * perWord,
  );
  return values;
}

const BODY_NAMES = ['body:up', 'body:down', 'body:wordShare', 'body:linkShare', 'body:position'];

/** Where the block stands to the element that most paragraphs vote for. */
function toLikelyBody(
  { node: own, block: { index } }: BlockView,
  page: PageView,
  outer: ReadonlyMap<PageNode, number>,
) {
  const body = page.likelyBody;
  let node: PageNode | null = own;
  let down = 0;
  for (; node !== null && !outer.has(node); node = node.parent) down += 1;
  const { words, linkWords } = (body === null ? undefined : page.containers.get(body)) ?? EMPTY_CONTAINER;
  return [
    node === null ? 30 : (outer.get(node) ?? 30),
    down,
    words / Math.max(1, page.words),
    linkWords / Math.max(1, words),
    body === null ? -1 : (index - body.first) / Math.max(1, body.last - body.first),
  ];
}

const NEIGHBOURS = [-3, -2, -1, 1, 2, 3];
const NEIGHBOUR_NAMES = [
  ...NEIGHBOURS.flatMap((at) => ['words', 'linkShare', 'alike'].map((name) => `at${at}:${name}`)),
  'linkBlocksBefore',
  'linkBlocksAfter',
];
const LINK_RUN_MAX = 12;

function neighboursOf({ block: { index }, signature, node }: BlockView, { views }: PageView): number[] {
  const values: number[] = [];
  for (const reach of NEIGHBOURS) {
    const other = views[index + reach];
    if (other === undefined) values.push(-1, -1, -1);
    else {
      const alike = other.signature === signature ? 2 : other.node.parent === node.parent ? 1 : 0;
      values.push(other.words, other.linkShare, alike);
    }
  }
  for (const step of [-1, 1]) {
    let run = 0;
    while (run < LINK_RUN_MAX && (views[index + step * (run + 1)]?.linkShare ?? 0) > 0.5) run += 1;
    values.push(run);
  }
  return values;
}

export const FEATURE_NAMES: readonly string[] = [
  ...SHAPE_NAMES,
  ...KEYWORD_NAMES.map((name) => `says:${name}`),
  ...DECLARED_NAMES,
  ...POSITION_NAMES,
  ...ELEMENT_NAMES,
  ...CONTAINER_NAMES,
  ...BODY_NAMES,
  ...NEIGHBOUR_NAMES,
  ...HEADING_NAMES,
  ...ARTICLE_NAMES,
];

/** Links in a row of links are no article: of so few words, and so far from any prose, a block is not looked at. */
const LINK_WORDS_MAX = 10;
const LINK_SHARE_MIN = 0.5;
const NEAR_PROSE_BLOCKS = 4;

/** Whether each block may be the article's at all: nearly half of the blocks of a page may not. */
function worthALook({ views }: PageView): boolean[] {
  const worth = views.map(({ words, linkShare }) => words >= LINK_WORDS_MAX || linkShare <= LINK_SHARE_MIN);
  views.forEach(({ isProse }, at) => {
    if (!isProse) return;
    const end = Math.min(views.length - 1, at + NEAR_PROSE_BLOCKS);
    for (let near = Math.max(0, at - NEAR_PROSE_BLOCKS); near <= end; near += 1) worth[near] = true;
  });
  return worth;
}

/** A row for each block of the page, its features in the order of the names; null for links far from any prose. */
export function featuresOf(page: PageView): (Float32Array | null)[] {
  const outer = new Map<PageNode, number>();
  for (let node = page.likelyBody, level = 0; node !== null; node = node.parent, level += 1) outer.set(node, level);
  const place = headlinePlace(page);
  const isWorth = worthALook(page);
  let heading: Heading | null = null;
  return page.views.map((view, at) => {
    const before = heading;
    const isHeading = isHeadingLike(view);
    if (!isWorth[at] && !isHeading) return null;
    const keywords = keywordsOf(view.block.text);
    if (isHeading) heading = headingOf(view, keywords);
    if (!isWorth[at]) return null;
    return rowOf([
      shapeOf(view, page),
      keywords,
      [view.titleShare, view.titleCover, view.descriptionShare, view.structuredShare],
      positionOf(view, page),
      elementOf(view, page),
      containersAround(view, page),
      toLikelyBody(view, page, outer),
      neighboursOf(view, page),
      sinceHeading(view, before),
      toHeadline(view, place),
    ]);
  });
}

function rowOf(groups: readonly (readonly number[])[]): Float32Array {
  const row = new Float32Array(FEATURE_NAMES.length);
  let at = 0;
  for (const group of groups) {
    row.set(group, at);
    at += group.length;
  }
  return row;
}
