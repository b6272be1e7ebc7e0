/**
 * Signs of who wrote the text that stand beside the body: sites print an agency's name under the headline, and its sign-off below the
 * last paragraph, in blocks that are no part of the text.
 */
import type { MeasuredBlock } from './blocks.ts';
import { PHOTO_WORD } from './photo-credit.ts';
import type { PageNode } from './scanned.ts';

/** A byline stands this near the headline; a sign-off this near the last paragraph. */
const ABOVE_BLOCKS = 14;
const BELOW_BLOCKS = 4;
const LINE_CHARS_MAX = 200;
const BYLINE_CHARS_MAX = 80;
const LABEL_LEVELS = 3;
/** Places of pictures: a name there is the photographer's agency. */
const PICTURE = /caption|credit|photo|image|picture|figure|media|gallery|video|copyright|foto|bild/;
/** What sites call the place of a byline. */
const BYLINE_PLACE = /author|byline|by-line|writer|source|agency|kaynak|quelle|fuente|attribution/;
/** Words of a byline; without them and outside of its place, a name of one word may belong to a picture. */
const BYLINE_WORDS = /^(?:by|von|par|por|di|da|door)\s|^\S+,\s\p{Lu}{3}|\p{L}\s\p{L}/iu;

export interface LinesAround {
  above: string[];
  below: string[];
}

/**
 * The short lines between the headline and the body, and those right below the body, in page order.
 * @param chosen the blocks of the body
 * @param headline index of the headline's block, -1 when unknown
 */
export function linesAround(
  blocks: readonly MeasuredBlock[],
  chosen: readonly MeasuredBlock[],
  headline: number,
): LinesAround {
  const first = chosen[0];
  const last = chosen.at(-1);
  if (first === undefined || last === undefined) return { above: [], below: [] };
  const isFree = (block: MeasuredBlock): boolean => block.text.length <= LINE_CHARS_MAX && !isAt(block.node, PICTURE);
  const from = headline < 0 ? Math.max(0, first.index - ABOVE_BLOCKS) : headline + 1;
  const above = blocks
    .slice(from, Math.min(first.index, from + ABOVE_BLOCKS))
    .filter(isFree)
    .filter(isBylineLike);
  const below = blocks.slice(last.index + 1, last.index + 1 + BELOW_BLOCKS).filter(isFree);
  return { above: textsOf(above), below: textsOf(below.filter(({ linkShare }) => linkShare < 0.9)) };
}

const textsOf = (blocks: readonly MeasuredBlock[]): string[] => blocks.map(({ text }) => text);

function isBylineLike({ text, node }: MeasuredBlock): boolean {
  return (
    text.length <= BYLINE_CHARS_MAX && !isPhotoCaption(text) && (BYLINE_WORDS.test(text) || isAt(node, BYLINE_PLACE))
  );
}

const isPhotoCaption = (text: string): boolean => PHOTO_WORD.test(text) || /photograph|©|\(c\)/i.test(text);

function isAt(from: PageNode, place: RegExp): boolean {
  let node: PageNode | null = from;
  for (let level = 0; node !== null && level < LABEL_LEVELS; level += 1, node = node.parent) {
    if (place.test(node.tag) || place.test(node.label)) return true;
  }
  return false;
}
