/** The block of a page that shows its headline, and titles folded for comparing. */
import type { MeasuredBlock } from './blocks.ts';

/** A block of more words is a paragraph, though it may begin as the title does. */
const HEADLINE_WORDS_MAX = 40;

/** Folded for comparing titles: letters and digits in lower case, one space between words. */
export function keyOf(title: string): string {
  return title
    .slice(0, 1000)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The same without spaces, for names that are also written as one word. */
export function squash(text: string): string {
  return keyOf(text).replaceAll(' ', '');
}

const HEADLINE_TAG = /^h[1-3]$/;
/** A heading that is this share of a title is the title less the site's name. */
const TITLE_SHARE_MIN = 0.6;

/** Folding makes few texts longer, and none by more than this: shorter blocks need not be folded. */
const FOLDED_SHARE_MIN = 0.5;

/** The key is the title, or the most of it. */
function isMostOf(title: string, key: string): boolean {
  return title === key || (key.length > title.length * TITLE_SHARE_MIN && title.includes(key));
}

/**
 * The block that shows the headline: one that the metadata confirms, else the first h1; -1 when none does.
 * @param keys what the metadata calls the article, folded
 */
export function findHeadline(blocks: readonly MeasuredBlock[], keys: readonly string[]): number {
  const firstHeading = blocks.findIndex((block) => block.node.tag === 'h1');
  const charsMin = Math.min(...keys.map((key) => key.length)) * TITLE_SHARE_MIN * FOLDED_SHARE_MIN;
  const matches = blocks.filter((block) => {
    if (block.words > HEADLINE_WORDS_MAX || block.words < 2 || block.text.length < charsMin) return false;
    const key = keyOf(block.text);
    return keys.some((title) => isMostOf(title, key));
  });
  const heading = matches.find((block) => HEADLINE_TAG.test(block.node.tag));
  return heading?.index ?? (firstHeading >= 0 ? firstHeading : (matches[0]?.index ?? -1));
}

/** Whether a block is the title and no more, wherever on the page it stands. */
export function isTitle(block: MeasuredBlock, keys: readonly string[], headline: number): boolean {
  if (block.words > HEADLINE_WORDS_MAX) return false;
  const { tag } = block.node;
  if (block.index === headline && tag === 'h1') return true;
  const key = keyOf(block.text);
  if (keys.includes(key)) return true;
  return HEADLINE_TAG.test(tag) && block.words >= 2 && keys.some((title) => isMostOf(title, key));
}
