/**
 * Finds the articles of other outlets that an aggregator prints on its page as cards: siblings of one shape, each with an outlet, a
 * time, a headline, a text and a link to another site. Anything less is a list of links or a listicle, and gives nothing.
 */
import type { Card, Published } from './article.ts';
import { isInside, type MeasuredBlock } from './blocks.ts';
import { HEADINGS } from './markup.ts';
import { parsePublished } from './published.ts';
import type { PageNode } from './scanned.ts';
import { sourceOf } from './source.ts';
import { resolveUrl } from './url.ts';

/** A shorter text is the teaser of an article, and not worth submitting as one. */
const CARD_TEXT_WORDS_MIN = 40;
const CARD_BLOCKS_MAX = 60;
const CARD_LEVELS_MAX = 8;
const CARDS_MIN = 2;
const CARDS_MAX = 50;
/** Of the siblings of one shape this share must be cards, or the shape is not a card's. */
const CARD_SHARE_MIN = 0.6;
const TIME_WORDS_MAX = 12;
const OUTLET_WORDS_MAX = 7;
const TITLE_WORDS_MIN = 3;
const TITLE_WORDS_MAX = 40;
const PROSE_LINK_SHARE_MAX = 0.4;
const PROSE_WORDS_MIN = 8;

const RELATIVE_TIME =
  /\b(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s?(?:m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|w|weeks?)\.?\s+ago\b|\byesterday\b/i;

export interface PageCards {
  cards: Card[];
  /** The elements that hold them: their text is not the page's own article. */
  nodes: PageNode[];
}

interface Where {
  url: string;
  /** What relative links are resolved against. */
  base: string;
  seenAt: string;
}

/** The cards of a page in page order; none when it is not certain that they are cards. */
export function cardsOfPage(blocks: readonly MeasuredBlock[], headline: number, where: Where): PageCards {
  const found = new Map<PageNode, Card>();
  for (const block of blocks) {
    if (found.size >= CARDS_MAX) break;
    if (block.words > TIME_WORDS_MAX || !RELATIVE_TIME.test(block.text)) continue;
    const card = cardAround(block, blocks, headline, where);
    if (card === null) continue;
    const node = outermostOf(card.node);
    if (!found.has(node)) found.set(node, card.card);
  }
  const nodes = [...found.keys()].filter((node) => isRepeated(node, found, blocks));
  const outer = nodes.filter((node) => !nodes.some((other) => other !== node && isInside(node, other)));
  if (outer.length < CARDS_MIN) return { cards: [], nodes: [] };
  return { cards: outer.flatMap((node) => found.get(node) ?? []), nodes: outer };
}

/** The smallest element around a time that has all that a card has, and not the headline of the page. */
function cardAround(
  time: MeasuredBlock,
  blocks: readonly MeasuredBlock[],
  headline: number,
  where: Where,
): { node: PageNode; card: Card } | null {
  let node: PageNode | null = time.node;
  for (let level = 0; node !== null && level < CARD_LEVELS_MAX; level += 1, node = node.parent) {
    if (node.parent === null || node.last - node.first > CARD_BLOCKS_MAX) return null;
    if (headline >= node.first && headline < node.last) return null;
    const around = node;
    const inside = blocks.slice(node.first, node.last).filter((block) => isInside(block.node, around));
    const card = readCard(inside, time, where);
    if (card !== null) return { node, card };
  }
  return null;
}

function readCard(inside: readonly MeasuredBlock[], time: MeasuredBlock, where: Where): Card | null {
  const title = inside.find((block) => isHeadline(block, time));
  if (title === undefined) return null;
  const prose = inside.filter((block) => block.words >= PROSE_WORDS_MIN && block !== title && block !== time);
  const text = prose.filter((block) => block.linkShare < PROSE_LINK_SHARE_MAX && !HEADINGS.has(block.node.tag));
  if (text.reduce((sum, block) => sum + block.words, 0) < CARD_TEXT_WORDS_MIN) return null;
  const url = outboundLink([title, ...inside], where);
  const published = parsePublished(RELATIVE_TIME.exec(time.text)?.[0] ?? '', where.seenAt);
  if (url === null || published === null) return null;
  const source = outletOf(inside, title, time) ?? sourceOf({ url, name: null }).name;
  return {
    url,
    source,
    title: title.text,
    text: text.map((block) => block.text).join('\n\n'),
    published: stamped(published, time),
  };
}

const stamped = (published: Published, time: MeasuredBlock): Published => ({ ...published, evidence: time.text });

function isHeadline(block: MeasuredBlock, time: MeasuredBlock): boolean {
  if (block === time || block.words < TITLE_WORDS_MIN || block.words > TITLE_WORDS_MAX) return false;
  for (let node: PageNode | null = block.node, level = 0; node !== null && level < 3; node = node.parent, level += 1) {
    if (HEADINGS.has(node.tag)) return true;
  }
  return block.linkShare > 0.8 && block.words > OUTLET_WORDS_MAX - 2;
}

function outboundLink(blocks: readonly MeasuredBlock[], { base, url }: Where): string | null {
  const own = sourceOf({ url, name: null }).key;
  for (const { href } of blocks) {
    const target = href === null ? null : resolveUrl(href, base);
    if (target !== null && sourceOf({ url: target, name: null }).key !== own) return target;
  }
  return null;
}

/** The outlet's name stands alone, or before the time: "Example Times · 2 hours ago". */
function outletOf(inside: readonly MeasuredBlock[], title: MeasuredBlock, time: MeasuredBlock): string | null {
  const beside = time.text.slice(0, RELATIVE_TIME.exec(time.text)?.index ?? 0);
  const alone = inside.filter((block) => {
    return (
      block !== title &&
      block !== time &&
      block.words <= OUTLET_WORDS_MAX &&
      !block.isSentence &&
      block.index < title.index + 3
    );
  });
  for (const text of [beside, ...alone.map((block) => block.text)]) {
    const name = text.replace(/^[\s\-–—·•|]{1,5}|[\s\-–—·•|,:]{1,5}$/g, '');
    if (/\p{L}{2}/u.test(name) && !RELATIVE_TIME.test(name)) return name;
  }
  return null;
}

/** The element that repeats: a card's own `div` stands in a list item or a cell that holds nothing else. */
function outermostOf(card: PageNode): PageNode {
  let node = card;
  while (node.parent !== null && node.parent.first === node.first && node.parent.last === node.last) node = node.parent;
  return node;
}

/** Cards of one list differ in what follows their first name: `card odd`, `card-12`. */
function shapeOf({ tag, label }: PageNode): string {
  return `${tag} ${label.split(' ', 1)[0]?.replace(/\d+/g, '#')}`;
}

/** The sibling elements of its shape are mostly cards, too. */
function isRepeated(node: PageNode, found: ReadonlyMap<PageNode, Card>, blocks: readonly MeasuredBlock[]): boolean {
  const shape = shapeOf(node);
  const isAlike = (other: PageNode): boolean => other.parent === node.parent && shapeOf(other) === shape;
  const siblings = new Set<PageNode>();
  const parent = node.parent;
  for (const block of blocks.slice(parent?.first ?? 0, parent?.last ?? 0)) {
    let at: PageNode | null = block.node;
    while (at !== null && at.depth > node.depth) at = at.parent;
    if (at !== null && isAlike(at)) siblings.add(at);
  }
  const cards = [...siblings].filter((sibling) => found.has(sibling)).length;
  return cards >= CARDS_MIN && cards >= siblings.size * CARD_SHARE_MIN;
}
