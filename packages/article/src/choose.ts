/** From likelihoods to the blocks of the article. */
import { type MeasuredBlock, outermost } from './blocks.ts';
import { HEADINGS } from './markup.ts';

/** Why a block is not part of the body. */
export type DropReason = 'unlikely' | 'title' | 'repeated' | 'phrase' | 'consent' | 'another-article' | 'heads-nothing';

/** What was decided of a block, with the figure that it was decided by. */
export interface BlockDecision {
  block: MeasuredBlock;
  /** How likely it is the article's own text, 0 to 1. */
  likelihood: number;
  /** Null for a block of the body. */
  dropped: DropReason | null;
}

/** Recall and precision of the development pages are balanced here; at .5 a page keeps more furniture than it gains text. */
export const LIKELIHOOD_MIN = 0.6;
/** Where that leaves less than a paragraph the model is unsure of the whole page: doubtful blocks are better than none. */
const YIELD_WORDS_MIN = 25;
const DOUBTFUL_LIKELIHOOD_MIN = 0.25;
/** Where that leaves nothing, what the page says outside of its links is kept: it may be a wall, which is told by its words. */
const LAST_LIKELIHOOD_MIN = 0;
const LAST_LINK_SHARE_MAX = 0.5;

/** What else speaks against a block, whatever its likelihood; null for nothing. */
type DropOf = (block: MeasuredBlock, likelihood: number) => DropReason | null;

/**
 * Decides which blocks are the article's, one decision a block in page order.
 * @param likelihoods one for each block, 0 to 1
 */
export function choose(
  blocks: readonly MeasuredBlock[],
  likelihoods: readonly number[],
  dropOf: DropOf,
): BlockDecision[] {
  const strict = decide(blocks, likelihoods, LIKELIHOOD_MIN, dropOf);
  if (wordsKept(strict) >= YIELD_WORDS_MIN) return strict;
  const lenient = decide(blocks, likelihoods, DOUBTFUL_LIKELIHOOD_MIN, dropOf);
  if (wordsKept(lenient) > 0) return lenient;
  return decide(blocks, likelihoods, LAST_LIKELIHOOD_MIN, (block, likelihood) => {
    if (block.linkShare > LAST_LINK_SHARE_MAX) return 'unlikely';
    const dropped = dropOf(block, likelihood);
    return dropped === 'phrase' || dropped === 'consent' ? null : dropped;
  });
}

function decide(
  blocks: readonly MeasuredBlock[],
  likelihoods: readonly number[],
  least: number,
  dropOf: DropOf,
): BlockDecision[] {
  const seen = new Set<string>();
  const decisions = blocks.map((block, at): BlockDecision => {
    const likelihood = likelihoods[at] ?? 0;
    let dropped = likelihood > least ? dropOf(block, likelihood) : 'unlikely';
    // A paragraph that a page prints twice, in a summary or for another screen, is one paragraph.
    if (dropped === null && block.isProse) {
      if (seen.has(block.text)) dropped = 'repeated';
      seen.add(block.text);
    }
    return { block, likelihood, dropped };
  });
  dropBeginnings(decisions);
  return decisions;
}

/** Two paragraphs that begin alike for so many characters are compared; fewer may be a turn of phrase. */
const BEGINNING_CHARS = 60;

/** A caption or a teaser that is the beginning of a paragraph is that paragraph, cut. A quote may be set apart to be read twice. */
function dropBeginnings(decisions: readonly BlockDecision[]): void {
  const kept = decisions.filter(({ block, dropped }) => dropped === null && isParagraph(block));
  const longest = new Map<string, string>();
  for (const {
    block: { text },
  } of kept) {
    const start = text.slice(0, BEGINNING_CHARS);
    if (text.length > (longest.get(start)?.length ?? 0)) longest.set(start, text);
  }
  for (const decision of kept) {
    const { text } = decision.block;
    const whole = longest.get(text.slice(0, BEGINNING_CHARS)) ?? text;
    if (whole.length > text.length && whole.startsWith(text.replace(CUT, ''))) decision.dropped = 'repeated';
  }
}

const isParagraph = ({ isProse, text, node }: MeasuredBlock): boolean =>
  isProse && text.length >= BEGINNING_CHARS && !HEADINGS.has(node.tag) && outermost(node, 'blockquote') === null;

const CUT = /\s?(?:…|\.{3}|\[…\])$/;

function wordsKept(decisions: readonly BlockDecision[]): number {
  return decisions.reduce((sum, { block, dropped }) => sum + (dropped === null ? block.words : 0), 0);
}
