import { judge, judgeLink, type SignedText, type Verdict } from '@wirefold/dedup';
import { type Link, type Member, planStories } from '@wirefold/story';
import type { BatchContext, PlacedRows, SignedRows } from './batch-shared.ts';
import { signedAt } from './batch-sign.ts';
import type { BatchTexts } from './batch-texts.ts';
import { writeSpill } from './spill.ts';

/** Components: the articles of each, by row, one component after the other; `ends` are exclusive. */
export interface Components {
  rows: Uint32Array;
  ends: Uint32Array;
}

interface PlanState {
  signed: SignedRows;
  placed: PlacedRows;
  /** For each article's row the row that stands for its text. */
  textOf: Uint32Array;
  texts: BatchTexts;
}

/** Plans the stories of components and notes where each article belongs. Returns the number of stories. */
export function planBatch({ rows, ends }: Components, context: BatchContext, state: PlanState): number {
  const matches: { row: number; json: Buffer }[] = [];
  let stories = 0;
  let from = 0;
  for (const to of ends) {
    stories += planComponent(rows.subarray(from, to), context, state, matches);
    from = to;
  }
  let start = writeSpill(context.spills.matches, Buffer.concat(matches.map(({ json }) => json)));
  for (const { row, json } of matches) {
    state.placed.matchStarts[row] = start;
    state.placed.matchLengths[row] = json.length;
    start += json.length;
  }
  return stories;
}

function planComponent(
  rows: Uint32Array,
  context: BatchContext,
  { signed, placed, textOf, texts }: PlanState,
  matches: { row: number; json: Buffer }[],
): number {
  const members: Member[] = [];
  const outlines: SignedText[] = [];
  const rowOfArticle = new Map<string, number>();
  const rowOfText = new Map<string, number>();
  for (const row of rows) {
    const isText = textOf[row] === row;
    const { member, text } = isText ? texts.at(row) : signedAt(context, signed, row);
    members.push(member);
    rowOfArticle.set(member.articleId, row);
    if (!isText) continue;
    rowOfText.set(text.hash, row);
    // Without its words: a component may have more texts than memory holds, and they are read when they are compared.
    outlines.push({ ...text, comparison: '' });
  }
  const full = ({ hash }: SignedText) => texts.at(rowOfText.get(hash) as number).text;
  const whole = (a: SignedText, b: SignedText): Verdict => judge(full(a), full(b));
  const link: Link = (a, b) => judgeLink(full(a), full(b));
  const plans = planStories(outlines, members, whole, link, context.windowDays);
  for (const plan of plans) {
    const story = rowOfText.get(plan.texts[0] as string) as number;
    placed.stories[rowOfArticle.get(plan.canonical) as number] = story;
    for (const { articleId, verdict } of plan.mirrors) {
      const row = rowOfArticle.get(articleId) as number;
      placed.stories[row] = story;
      matches.push({ row, json: Buffer.from(JSON.stringify(verdict)) });
    }
  }
  return plans.length;
}
