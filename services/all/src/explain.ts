import { stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { explain } from '@wirefold/dedup';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';
import { readInput } from './explain-input.ts';
import { askService, fetchInput } from './explain-service.ts';
import { explanationSchema, type Side, viewOf } from './explain-view.ts';
import type { RunningService } from './running-service.ts';

export interface ExplainOptions {
  /** Where the service is, for whoever names an article of it. */
  server(): Promise<RunningService>;
  isJson: boolean;
  /** Resolves relative times, ISO 8601. */
  seenAt: string;
}

type Explained =
  | { ok: true; a: Side; b: Side; explanation: z.input<typeof explanationSchema>; json: object }
  | { ok: false; problem: string };

const articleSchema = z.object({ articleId: z.string(), title: z.string(), source: z.object({ name: z.string() }) });
const pairSchema = explanationSchema.extend({ a: articleSchema, b: articleSchema });

/**
 * Says why two articles are copies of one text, or are not. Each is a file, or the id or URL of an article of a running service.
 * Ends with `ok` where they are linked and with `notLinked` where they are not.
 */
export async function explainPair(
  [a, b]: [a: string, b: string],
  options: ExplainOptions,
  output: Writable,
  progress: Writable,
): Promise<ExitCode> {
  const [isAKnown, isBKnown] = [await isOfService(a), await isOfService(b)];
  const explained =
    isAKnown && isBKnown
      ? await askPair(a, b, await options.server())
      : await explainHere(a, b, options, isAKnown, isBKnown);
  if (!explained.ok) {
    progress.write(`wirefold: ${explained.problem}\n`);
    return EXIT.couldNotRun;
  }
  const { explanation } = explained;
  output.write(
    options.isJson ? `${JSON.stringify(explained.json, null, 2)}\n` : viewOf(explanation, explained.a, explained.b),
  );
  return explanation.verdict.linked ? EXIT.ok : EXIT.notLinked;
}

/** A URL, or an id that is not the name of a file here. */
export async function isOfService(name: string): Promise<boolean> {
  if (/^https?:\/\//i.test(name)) return true;
  return /^a[0-9a-f]{24}$/.test(name) && (await stat(name).catch(() => null)) === null;
}

async function explainHere(
  aName: string,
  bName: string,
  { server, seenAt }: ExplainOptions,
  isAKnown: boolean,
  isBKnown: boolean,
): Promise<Explained> {
  const a = await (isAKnown ? fetchInput(aName, await server()) : readInput(aName, seenAt));
  if (!a.ok) return a;
  const b = await (isBKnown ? fetchInput(bName, await server()) : readInput(bName, seenAt));
  if (!b.ok) return b;
  const explanation = explain(a.input.text, b.input.text);
  const sides = { a: a.input.about, b: b.input.about };
  return { ok: true, ...sides, explanation, json: { ...sides, ...explanation } };
}

/** The service's own answer: it compares the texts as they were signed there. */
async function askPair(a: string, b: string, server: RunningService): Promise<Explained> {
  const answer = await askService(`/v1/explain?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`, server);
  if (!answer.ok) return answer;
  const parsed = pairSchema.safeParse(answer.body);
  if (!parsed.success) return { ok: false, problem: `${server.url} answered something else than an explanation` };
  const side = (name: string, { title, source }: z.infer<typeof articleSchema>): Side => ({
    name,
    title,
    source: source.name,
    refused: null,
  });
  const { data } = parsed;
  return { ok: true, a: side(a, data.a), b: side(b, data.b), explanation: data, json: answer.body as object };
}
