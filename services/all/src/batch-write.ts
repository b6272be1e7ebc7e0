import type { Standing } from './batch-groups.ts';
import { hexOfParts, IDENTITY_PARTS } from './batch-read.ts';
import type { Rows } from './batch-rows.ts';
import { type BatchContext, NOWHERE, type PlacedRows, type SignedRows } from './batch-shared.ts';
import { HASH_PARTS } from './batch-sign.ts';
import type { RowWriter } from './json-lines.ts';
import { readSpill } from './spill.ts';

/** What the stories were found to be. */
export interface Placed {
  rows: Rows;
  signed: SignedRows;
  placed: PlacedRows;
  standing: Standing;
}

/** Where a line belongs. `match` is how it compares with the canonical of its story, as JSON; null for the canonical itself. */
interface Placement {
  story: string;
  canonical: boolean;
  match: string;
}

/** Hex digits of a story id after its `s`. */
const STORY_ID_HEX = 24;
/** Fields of a line that are replaced where it has them. */
const ANSWERED = /"(?:story|canonical|match)":/;

/** Writes the lines in the order of the input, each with its answers. Returns the number of stories. */
export async function writeRows(
  found: Placed,
  context: BatchContext,
  isWanted: (placement: { canonical: boolean }) => boolean,
  writer: RowWriter,
): Promise<number> {
  const place = createPlacing(found, context);
  let stories = 0;
  for (const { from, to, linesStart } of found.rows.pieces) {
    const ends: number[] = [];
    for (let row = from, end = 0; row < to; row++) {
      end += found.rows.lineLengths[row] as number;
      ends.push(end);
    }
    const bytes = readSpill(context.spills.lines, linesStart, ends.at(-1) ?? 0);
    let text = '';
    for (let row = from; row < to; row++) {
      const placement = place(row);
      if (placement.canonical) stories++;
      if (isWanted(placement))
        text += answered(bytes.toString('utf8', ends[row - from - 1] ?? 0, ends[row - from]), placement);
    }
    if (!(await writer.writeText(text))) break;
  }
  return stories;
}

/** The line with its answers; `story`, `canonical` and `match` of the input are replaced in their place, every other field is kept. */
function answered(line: string, { story, canonical, match }: Placement): string {
  // Few lines have such a field, and of those that seem to it may be inside a text.
  if (ANSWERED.test(line))
    return `${JSON.stringify({ ...(JSON.parse(line) as object), story, canonical, match: JSON.parse(match) })}\n`;
  return `${line.slice(0, -1)},"story":"${story}","canonical":${canonical},"match":${match}}\n`;
}

/** Places rows, which have to come in their order: of lines that say the same of a canonical, the first one is it. */
function createPlacing(
  { rows, signed, placed, standing: { articleOf, textOf } }: Placed,
  { spills }: BatchContext,
): (row: number) => Placement {
  const isLed = new Uint8Array(rows.count);
  return (row) => {
    const article = articleOf[row] as number;
    const length = placed.matchLengths[article] as number;
    const match =
      length === 0 ? 'null' : readSpill(spills.matches, placed.matchStarts[article] as number, length).toString();
    const canonical = length === 0 && isLed[article] === 0;
    if (canonical) isLed[article] = 1;
    return { story: `s${storyOf(article)}`, canonical, match };
  };

  function storyOf(article: number): string {
    // A text that is too thin to be anybody's is a story by itself, by the id of its article.
    if (textOf[article] === NOWHERE) return hexOfParts(rows.identities, article, IDENTITY_PARTS);
    const text = placed.stories[article] === NOWHERE ? article : (placed.stories[article] as number);
    return hexOfParts(signed.hashes, text, HASH_PARTS).slice(0, STORY_ID_HEX);
  }
}
