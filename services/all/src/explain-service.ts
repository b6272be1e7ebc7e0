import { type Credit, comparisonText } from '@wirefold/article';
import { sign } from '@wirefold/dedup';
import { z } from 'zod';
import type { InputReading } from './explain-input.ts';
import { ask, noAnswer, otherAnswer, type RunningService } from './running-service.ts';

const boilerplateSchema = z.object({ start: z.number(), end: z.number(), rule: z.string() });
const creditShape = z.object({
  dateline: z.object({ text: z.string() }).nullable(),
  evidence: z.array(z.object({ kind: z.string(), text: z.string() })),
});
const creditSchema = z.custom<Credit>((credit) => creditShape.safeParse(credit).success);
const recordSchema = z.object({
  id: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  article: z
    .object({
      title: z.string(),
      body: z.string(),
      source: z.object({ name: z.string() }),
      boilerplate: z.array(boilerplateSchema),
      byline: z.string().nullable(),
      credit: creditSchema,
    })
    .nullable(),
});

export type ServiceAnswer = { ok: true; body: unknown } | { ok: false; problem: string };

/** Asks a running service; what it answers instead of the thing is told in its own words. */
export async function askService(path: string, server: RunningService): Promise<ServiceAnswer> {
  const answer = await ask(server, path);
  if (answer === null) return { ok: false, problem: noAnswer(server) };
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return { ok: true, body };
  return { ok: false, problem: otherAnswer(server, answer, body) };
}

/** An article of a running service, as it was signed there. */
export async function fetchInput(name: string, server: RunningService): Promise<InputReading> {
  const path = /^https?:/i.test(name)
    ? `/v1/articles?url=${encodeURIComponent(name)}`
    : `/v1/articles/${encodeURIComponent(name)}`;
  const answer = await askService(path, server);
  if (!answer.ok) return answer;
  const record = recordSchema.safeParse(answer.body);
  if (!record.success) return { ok: false, problem: `${server.url} answered something else than an article` };
  const { article, state, reason } = record.data;
  if (article === null) {
    const why = reason === null ? state : `${state}, ${reason}`;
    return { ok: false, problem: `${name} has no text to compare: it is ${why}` };
  }
  const { title, body, boilerplate, source } = article;
  const about = { name, title, source: source.name, refused: null };
  return { ok: true, input: { about, text: sign(comparisonText(body, boilerplate).text), copy: article } };
}
