import { canonicalUrl, URL_CHARS_MAX } from '@wirefold/article';
import type { ArticleRecord, KeptAnswer, Receipt, Store, Submission } from '@wirefold/store';
import type { Response } from 'express';
import { z } from 'zod';
import type { NoteAct } from '../admin-notes.ts';
import { type BodyReading, type Item, itemsOf, JSON_TYPE, NDJSON_TYPES, readBody } from '../body.ts';
import { IDEMPOTENCY_KEY_CHARS_MAX } from '../limits.ts';
import { type FieldError, problemDocument, sendProblem } from '../problem.ts';
import type { Remove } from '../remove.ts';
import { type AnswerOnce, jsonAnswer, problemAnswer } from '../repeat.ts';
import { articleRecordSchema, movedArticleSchema } from '../schemas/article.ts';
import { submissionSchema, submittedSchema } from '../schemas/submission.ts';
import { readSubmission } from '../submission.ts';
import type { Submit } from '../submit.ts';
import { type Answer, type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterText } from './query.ts';

const idSchema = z.strictObject({ id: z.string().meta({ description: 'Id of an article' }) });
const findSchema = z.strictObject({
  url: parameterText(URL_CHARS_MAX).meta({ description: 'Address of the article, in any of its forms' }),
});
const record: Record<number, Answer> = { 200: { description: 'The article.', schema: articleRecordSchema } };

const submitting = {
  id: 'submitArticles',
  method: 'post',
  path: '/v1/articles',
  topic: 'Articles',
  summary: 'Submits articles',
  description:
    'One article, a list, or NDJSON. It is committed before it is answered; the same canonical URL twice is the same article. In a list ' +
    'the good items are taken, and each bad one is answered with its problem; it is refused whole where no item is good.',
  scope: 'submit',
  headers: z.object({
    'Idempotency-Key': z.string().max(IDEMPOTENCY_KEY_CHARS_MAX).optional().meta({
      description: 'The same key with the same body is answered as before, for 24 hours, and not done again.',
    }),
  }),
  body: { [JSON_TYPE]: submissionSchema, [NDJSON_TYPES[0]]: z.string().meta({ description: 'One article a line' }) },
  answers: {
    202: {
      description: 'Accepted: a receipt for one article, receipts for a list.',
      schema: submittedSchema,
      headers: {
        Location: 'Where one article is asked for.',
        'Idempotent-Replayed': '`true` where the answer is one that was given before.',
      },
    },
  },
  problems: ['invalid-article', 'invalid-idempotency-key', 'idempotency-key-reused', 'in-flight'],
} as const satisfies Operation;

const finding = {
  id: 'findArticle',
  method: 'get',
  path: '/v1/articles',
  topic: 'Articles',
  summary: 'Finds an article by its URL',
  scope: 'read',
  query: findSchema,
  answers: record,
  problems: ['not-found'],
} as const satisfies Operation;

const showing = {
  id: 'showArticle',
  method: 'get',
  path: '/v1/articles/:id',
  topic: 'Articles',
  summary: 'Shows an article: where it stands, what it says, its story',
  scope: 'read',
  parameters: idSchema,
  answers: {
    ...record,
    301: {
      description: 'It was another URL of an article that is known.',
      schema: movedArticleSchema,
      headers: { Location: 'The article that lives.' },
    },
  },
  problems: [],
} as const satisfies Operation;

const removing = {
  id: 'removeArticle',
  method: 'delete',
  path: '/v1/articles/:id',
  topic: 'Articles',
  summary: 'Removes an article',
  description: 'What is left of its story is placed again; cards of its page stay.',
  scope: 'admin',
  parameters: idSchema,
  answers: { 204: { description: 'Removed.' } },
  problems: [],
} as const satisfies Operation;

/** Submitting articles, and asking where they are. */
export function articleEndpoints(
  store: Store,
  submit: Submit,
  remove: Remove,
  answerOnce: AnswerOnce,
  note: NoteAct,
): Endpoint[] {
  return [
    endpoint(
      submitting,
      ({ request, response }) => answerOnce(request, response, () => submitArticles(submit, itemsOf(request))),
      readBody(),
    ),
    endpoint(finding, findArticle(store)),
    endpoint(showing, ({ parameters, response }) => showArticle(store, parameters.id, response)),
    endpoint(removing, async ({ request, parameters, response }) => {
      if (!(await remove(parameters.id)))
        return sendProblem(response, 'not-found', 'There is no article with this id.');
      await note(request, { kind: 'article-removed', subject: parameters.id, detail: '' });
      response.status(204).set('Cache-Control', 'no-store').end();
    }),
  ];
}

type Read = { ok: true; submission: Submission } | { ok: false; errors: FieldError[] };

async function submitArticles(submit: Submit, body: BodyReading): Promise<KeptAnswer> {
  if (!body.ok) return problemAnswer(body.word, body.detail, body.limit === undefined ? {} : { limit: body.limit });
  const reads = body.items.map((item, index) => readItem(item, index, body.isSingle));
  const good = reads.filter((read) => read.ok).map(({ submission }) => submission);
  if (good.length === 0 && reads.length > 0) return refuseAll(reads);
  const receipts = await submit(good);
  const [receipt] = receipts;
  return body.isSingle && receipt !== undefined
    ? jsonAnswer(202, receipt, `/v1/articles/${receipt.id}`)
    : jsonAnswer(202, { items: itemAnswers(reads, receipts) });
}

function readItem(item: Item, index: number, isSingle: boolean): Read {
  if (!item.ok) return { ok: false, errors: [{ index, pointer: '', detail: `Line ${item.line}: ${item.detail}` }] };
  const reading = readSubmission(item.value);
  if (reading.ok || isSingle) return reading;
  return { ok: false, errors: reading.errors.map((error) => ({ index, ...error })) };
}

function describe(errors: FieldError[]): string {
  const said = errors.map(({ pointer, detail }) => (pointer ? `${pointer.slice(1)} ${detail}` : detail));
  return said.join('; ');
}

/** Every item keeps its place: a receipt, or the problem that this one has. */
function itemAnswers(reads: Read[], receipts: Receipt[]): object[] {
  let next = 0;
  return reads.map((read, index) => {
    if (!read.ok)
      return { index, problem: problemDocument('invalid-article', describe(read.errors), { errors: read.errors }) };
    const receipt = receipts[next];
    next += 1;
    return { index, ...receipt };
  });
}

function refuseAll(reads: Read[]): KeptAnswer {
  const errors = reads.flatMap((read) => (read.ok ? [] : read.errors));
  const detail = reads.length === 1 ? describe(errors) : `None of ${reads.length} items is an article; see errors.`;
  const items = reads.length > 1 ? { items: itemAnswers(reads, []) } : {};
  return problemAnswer('invalid-article', detail, { errors, ...items });
}

function sendRecord(response: Response, record: ArticleRecord | null, what: string): void {
  if (record === null) sendProblem(response, 'not-found', what);
  else response.set('Cache-Control', 'no-cache').json(record);
}

function findArticle(store: Store) {
  return async ({ query, response }: Asked<typeof finding>) => {
    const canonical = canonicalUrl(query.url);
    if (!canonical.ok) {
      const errors = [{ parameter: 'url', detail: canonical.problem }];
      return sendProblem(response, 'invalid-query', `url: ${canonical.problem}`, { errors });
    }
    const record = await store.articleByUrl(canonical.url);
    sendRecord(response, record, `${canonical.url} has not been submitted.`);
  };
}

/** An id that has ended in another one answers 301, so that a client learns the id that lives; it asks again each time. */
async function showArticle(store: Store, asked: string, response: Response): Promise<void> {
  const record = await store.article(asked);
  if (record === null || record.id === asked) return sendRecord(response, record, 'There is no article with this id.');
  response
    .status(301)
    .set('Cache-Control', 'no-cache')
    .location(`/v1/articles/${encodeURIComponent(record.id)}`)
    .json({ id: record.id, redirectedFrom: asked });
}
