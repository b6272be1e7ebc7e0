/** What was kept of a page and what was dropped, block by block, with the reason: the very decisions that the reading was made by. */
import type { Paragraph, Reading } from './article.ts';
import type { Cause, WeighedBlock } from './extract.ts';
import { phraseOf } from './phrases.ts';
import { placeReader } from './places.ts';
import { type BodyOrigin, type Page, readChosen } from './read-page.ts';
import type { PageNode } from './scanned.ts';

/** A block with this share of its text in links is a list of links; what is less may be a paragraph with some. */
const LINKS_SHARE_MIN = 0.5;

/**
 * Why a block was kept (`text`, or `standfirst` under the headline) or dropped: it belongs to another article's card, repeats the
 * title or a paragraph, is one of the `phrase`s by which sites speak for themselves, stands in a `place` of another purpose, consists of
 * `links`, has too little `weight`, weighs enough but stands `apart` from the body, or was `replaced` as all others by structured data.
 */
export type BlockReason = 'text' | Cause | 'repeat' | 'phrase' | 'place' | 'links' | 'weight' | 'apart' | 'replaced';

export interface ExplainedBlock {
  text: string;
  isKept: boolean;
  reason: BlockReason;
  /** Which phrase or place it is, where that is the reason. */
  detail: string | null;
  /** 0 (furniture) to 1 (the article). */
  weight: number;
  words: number;
  /** Share of the text that stands in links, 0 to 1. */
  linkShare: number;
  /** What it is in the body, where it was kept. */
  kind: Paragraph['kind'] | null;
}

export interface PageExplanation {
  reading: Reading;
  origin: BodyOrigin;
  /** In page order. */
  blocks: ExplainedBlock[];
}

/** Reads a page as `readPage` does, and tells of each of its blocks what was decided. Never throws, in linear time. */
export function explainPage(page: Page): PageExplanation {
  const { reading, extraction, origin } = readChosen(page);
  const isReplaced = origin === 'structured-data';
  const kept = new Set(isReplaced ? [] : extraction.chosen);
  const kinds = reading.ok ? reading.article.paragraphs.map(({ kind }) => kind) : [];
  const reasonOf = reasonReader(extraction.weighed, kept);
  let paragraphs = 0;
  const blocks = extraction.weighed.map((weighed): ExplainedBlock => {
    const { text, words, linkShare } = weighed.block;
    const isKept = kept.has(weighed.block);
    const { reason, detail = null } = isReplaced ? { reason: 'replaced' as const } : reasonOf(weighed);
    const kind = isKept ? (kinds[paragraphs++] ?? null) : null;
    return { text, isKept, reason, detail, weight: weighed.weight, words, linkShare, kind };
  });
  return { reading, origin, blocks };
}

interface Why {
  reason: BlockReason;
  detail?: string;
}

function reasonReader(
  weighed: readonly WeighedBlock[],
  kept: ReadonlySet<WeighedBlock['block']>,
): (one: WeighedBlock) => Why {
  const texts = new Set([...kept].map(({ text }) => text));
  const placeOf = placeAround(kept);
  const lightest = weighed.reduce(
    (least, { block, weight, cause }) => (kept.has(block) && cause === null ? Math.min(least, weight) : least),
    Number.POSITIVE_INFINITY,
  );
  return ({ block, weight, cause }) => {
    if (cause !== null) return { reason: cause };
    if (kept.has(block)) return { reason: 'text' };
    if (block.isProse && texts.has(block.text)) return { reason: 'repeat' };
    if (weight >= lightest) return { reason: 'apart' };
    const phrase = phraseOf(block.text);
    if (phrase !== null) return { reason: 'phrase', detail: phrase.name };
    const place = placeOf(block.node);
    if (place !== null) return { reason: 'place', detail: place };
    return { reason: block.linkShare >= LINKS_SHARE_MIN ? 'links' : 'weight' };
  };
}

/** The name of the most telling place around a block, of those that hold nothing that was kept: others did not decide. */
function placeAround(kept: ReadonlySet<WeighedBlock['block']>): (node: PageNode) => string | null {
  const placeOf = placeReader();
  const holding = new Set<PageNode>();
  for (const block of kept) {
    for (let node: PageNode | null = block.node; node !== null && !holding.has(node); node = node.parent)
      holding.add(node);
  }
  return (from) => {
    let name: string | null = null;
    let least = 1;
    for (let node: PageNode | null = from; node !== null && !holding.has(node); node = node.parent) {
      const place = placeOf(node);
      if (place.name === null || place.factor >= least) continue;
      name = place.name;
      least = place.factor;
    }
    return name;
  };
}
