import { canonicalUrl } from '@wirefold/article';
import type { Response } from 'express';
import { type BodyReading, itemsOf, JSON_TYPE, readBody, singleOf } from '../body.ts';
import { fieldErrorsOf } from '../field-errors.ts';
import type { Match, ToMatch } from '../match.ts';
import { type FieldError, sendProblem } from '../problem.ts';
import { matchInputSchema, matchSchema } from '../schemas/match.ts';
import { type Endpoint, endpoint, type Operation } from './operation.ts';

const matching = {
  id: 'matchText',
  method: 'post',
  path: '/v1/match',
  topic: 'Stories',
  summary: 'Says whether a text is a copy of something',
  description:
    'Reads, signs and judges the text as that of a submitted article, and keeps nothing of it. Times do not count, so a match may be older than WINDOW_DAYS. Cards that stand below a text are not matched.',
  scope: 'read',
  body: { [JSON_TYPE]: matchInputSchema },
  answers: { 200: { description: 'The texts that it is one with, or the nearest.', schema: matchSchema } },
  problems: ['invalid-match', 'not-an-article'],
} as const satisfies Operation;

/** Whose copy is a text? */
export function matchEndpoints(match: Match): Endpoint[] {
  return [endpoint(matching, ({ request, response }) => answerMatch(match, itemsOf(request), response), readBody())];
}

async function answerMatch(match: Match, body: BodyReading, response: Response): Promise<void> {
  if (!body.ok)
    return sendProblem(response, body.word, body.detail, body.limit === undefined ? {} : { limit: body.limit });
  const input = readInput(singleOf(body));
  if (!input.ok) return sendProblem(response, 'invalid-match', wrongWords(input.errors), { errors: input.errors });
  const answer = await match(input.value);
  if (!answer.ok) return sendProblem(response, 'not-an-article', answer.detail, { reason: answer.reason });
  const { ok: _, ...view } = answer;
  response.set('Cache-Control', 'no-store').json(view);
}

/** What is wrong with an input, in words. */
export function wrongWords(errors: FieldError[]): string {
  return errors.map((error) => `${error.pointer?.slice(1) || 'the body'} ${error.detail}`).join('; ');
}

const UNKNOWN_FIELD = `is not a field here; those are ${Object.keys(matchInputSchema.shape).join(', ')}`;

type InputReading = { ok: true; value: ToMatch } | { ok: false; errors: FieldError[] };

export function readInput(value: unknown): InputReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('', 'must be one JSON object such as {"text": "…"}');
  const parsed = matchInputSchema.safeParse(value);
  if (!parsed.success) return { ok: false, errors: fieldErrorsOf(parsed.error, UNKNOWN_FIELD) };
  const { text, html, title, source } = parsed.data;
  const canonical = parsed.data.url ? canonicalUrl(parsed.data.url) : null;
  if (canonical?.ok === false) return refuse('/url', canonical.problem);
  const url = canonical === null ? null : canonical.url;
  if (text && html) return refuse('/html', 'goes without text; send one of the two');
  if (html) {
    if (title || source) return refuse(title ? '/title' : '/source', 'goes with text only; a page says it by itself');
    return { ok: true, value: { html, url } };
  }
  if (!text?.trim()) return refuse('', 'has neither text nor html; send one of them');
  return { ok: true, value: { text, url, title: title || null, source: source || null } };
}

function refuse(pointer: string, detail: string): InputReading {
  return { ok: false, errors: [{ pointer, detail }] };
}
