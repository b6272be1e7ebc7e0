/** Measures the blocks of a page: how much text, how much of it is links, and what the site calls the places where it stands. */
import type { Block, PageNode } from './scanned.ts';

/** A block with what the rules look at. */
export interface MeasuredBlock extends Block {
  words: number;
  /** Share of the text that stands in links, 0 to 1. */
  linkShare: number;
  /** It ends as a sentence does. */
  isSentence: boolean;
  /** Looks like a paragraph of prose: long enough, few links. */
  isProse: boolean;
}

/** Fewer words than this rarely make a paragraph; furniture is mostly shorter. */
const PROSE_WORDS_MIN = 12;
const PROSE_LINK_SHARE_MAX = 0.35;
/** Characters of Chinese or Japanese that weigh as much as one word of another script. */
const CJK_CHARS_PER_WORD = 2.2;

const SENTENCE_END = /[.!?…。！？।]["'”’»“)\]]{0,3}$/;

export function measure(blocks: readonly Block[]): MeasuredBlock[] {
  return blocks.map((block) => {
    const words = countWords(block.text);
    const linkShare = linkShareOf(block);
    const isSentence = SENTENCE_END.test(block.text.slice(-6));
    const { text, node, linkChars, href, breaks, index } = block;
    return {
      text,
      node,
      linkChars,
      href,
      breaks,
      index,
      words,
      linkShare,
      isProse: isProse(words, linkShare),
      isSentence,
    };
  });
}

export function linkShareOf({ linkChars, text }: Block): number {
  return linkChars / Math.max(1, text.length);
}

export function isProse(words: number, linkShare: number): boolean {
  return words >= PROSE_WORDS_MIN && linkShare < PROSE_LINK_SHARE_MAX;
}

function countWords(text: string): number {
  let spaces = 0;
  let cjk = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 32) spaces += 1;
    else if (unit >= 0x3040 && unit <= 0x9fff) cjk += 1;
  }
  return cjk * 3 > text.length ? Math.round(text.length / CJK_CHARS_PER_WORD) : spaces + 1;
}

/** The outermost element of a name around a node. */
export function outermost(node: PageNode, tag: string): PageNode | null {
  let found: PageNode | null = null;
  for (let at: PageNode | null = node; at !== null; at = at.parent) if (at.tag === tag) found = at;
  return found;
}

export function isInside(node: PageNode, ancestor: PageNode): boolean {
  let at: PageNode | null = node;
  while (at !== null && at.depth > ancestor.depth) at = at.parent;
  return at === ancestor;
}
