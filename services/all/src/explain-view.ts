import { figureText } from '@wirefold/dedup';
import { z } from 'zod';
import { tame } from './tame.ts';

const listOf = <Shown extends z.ZodType>(shown: Shown) =>
  z.object({ count: z.number(), words: z.number(), shown: z.array(shown) });
const ownSchema = listOf(z.object({ words: z.number(), text: z.string() }));
const sides = { words: z.number(), a: z.string(), b: z.string() };
const checkSchema = z.object({
  rule: z.string(),
  figure: z.string(),
  value: z.number().nullable(),
  bound: z.enum(['at least', 'at most']),
  limit: z.number().nullable(),
  isShare: z.boolean(),
  decides: z.boolean(),
});

/** The part of an explanation that is printed, made here or by a service. */
export const explanationSchema = z.object({
  verdict: z.object({ kind: z.string(), linked: z.boolean(), rule: z.string() }),
  sentence: z.string(),
  checks: z.array(checkSchema),
  common: listOf(z.object(sides)),
  onlyA: ownSchema,
  onlyB: ownSchema,
  replaced: listOf(z.object({ kind: z.string(), ...sides })),
  // Only a service knows what people decided.
  byHand: z
    .array(
      z.object({
        decision: z.number(),
        kind: z.string(),
        at: z.string(),
        by: z.string().nullable(),
        note: z.string().nullable(),
      }),
    )
    .default([]),
});

type Explained = z.input<typeof explanationSchema>;
type Check = z.infer<typeof checkSchema>;

/** How an article is called in the view. */
export interface Side {
  name: string;
  title: string | null;
  source: string | null;
  refused: { reason: string; detail: string } | null;
}

/** An explanation for a person at a terminal. */
export function viewOf(explained: Explained, a: Side, b: Side): string {
  const { verdict, sentence, checks, replaced, onlyA, onlyB, common, byHand = [] } = explained;
  const lines = [
    `${verdict.linked ? `Linked: ${verdict.kind}` : 'Not linked'} (rule ${verdict.rule})`,
    sentence,
    ...byHand.map(decisionLine),
    '',
    ...sideLines('A', a),
    ...sideLines('B', b),
    '',
    ...checkLines(checks),
    ...section(
      `Words against words: ${counted(replaced.count, 'place')}`,
      replaced,
      replaced.shown.map((place) => `${place.kind.padEnd(8)}  ${place.a}  |  ${place.b}`),
    ),
    ...section(`Only in A: ${counted(onlyA.words, 'word')}`, onlyA, onlyA.shown.map(numbered)),
    ...section(`Only in B: ${counted(onlyB.words, 'word')}`, onlyB, onlyB.shown.map(numbered)),
    ...section(
      `In both, in the same order: ${counted(common.words, 'word')}`,
      common,
      common.shown.map(({ words, a: text }) => numbered({ words, text })),
    ),
  ];
  return `${lines.map(tame).join('\n')}\n`;
}

function decisionLine({ decision, kind, at, by, note }: NonNullable<Explained['byHand']>[number]): string {
  const said = kind === 'split' ? 'A person set the two apart' : 'A person made the two one story';
  const who = by === null ? at : `${by}, ${at}`;
  return `${said} by decision ${decision} (${who})${note === null ? '' : `: “${note}”`}.`;
}

function sideLines(letter: string, { name, title, source, refused }: Side): string[] {
  const printed = [title, source].filter((part) => part !== null && part !== '').join(', ');
  const lines = [`${letter}  ${name}${printed === '' ? '' : `: ${printed}`}`];
  if (refused !== null)
    lines.push(`   is no article, so nothing of it is compared: ${refused.reason}, ${refused.detail}`);
  return lines;
}

function checkLines(checks: Check[]): string[] {
  const rows = checks.map((check): [figure: string, value: string, limit: string, rule: string] => {
    const { figure, value, limit, bound, rule, decides } = check;
    if (value === null || limit === null) return [figure, '–', 'not compared', rule];
    const printed = `${bound} ${figureText(check, 'limit', limit)}`;
    return [figure, figureText(check, 'value', value), printed, decides ? `${rule}  <- decides` : rule];
  });
  rows.unshift(['figure', 'here', 'limit', 'rule']);
  const width = (column: 0 | 1 | 2) => Math.max(...rows.map((row) => row[column].length));
  const [figures, values, limits] = [width(0), width(1), width(2)];
  return rows.map(
    ([figure, value, limit, rule]) =>
      `  ${figure.padEnd(figures)}  ${value.padStart(values)}  ${limit.padEnd(limits)}  ${rule}`,
  );
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
const numbered = ({ words, text }: { words: number; text: string }) => `${String(words).padStart(5)}  “${text}”`;

function section(heading: string, { count, shown }: { count: number; shown: unknown[] }, lines: string[]): string[] {
  if (count === 0) return [];
  const left = count - shown.length;
  return ['', heading, ...lines.map((line) => `  ${line}`), ...(left > 0 ? [`  and ${left} more`] : [])];
}
