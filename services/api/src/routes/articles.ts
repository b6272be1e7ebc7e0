import { canonicalUrl, URL_CHARS_MAX } from '@wirefold/article';
import type { ArticleRecord, Receipt, Store, Submission } from '@wirefold/store';
import express, { type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { type Item, itemsOf, readBody } from '../body.ts';
import { type FieldError, problemDocument, sendProblem } from '../problem.ts';
import type { Remove } from '../remove.ts';
import { readSubmission } from '../submission.ts';
import type { Submit } from '../submit.ts';
import { parameterText, readQuery } from './query.ts';
import { route } from './route.ts';

const findSchema = z.strictObject({ url: parameterText(URL_CHARS_MAX) });

/** Submitting articles, and asking where they are. */
export function articleRoutes(store: Store, submit: Submit, remove: Remove): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  route(router, '/v1/articles', { post: [...readBody(), submitArticles(submit)], get: [findArticle(store)] });
  route(router, '/v1/articles/:id', { get: [showArticle(store)], delete: [removeArticle(remove)] });
  return router;
}

type Read = { ok: true; submission: Submission } | { ok: false; errors: FieldError[] };

function submitArticles(submit: Submit): RequestHandler {
  return async (request, response) => {
    const body = itemsOf(request);
    if (!body.ok)
      return sendProblem(response, body.word, body.detail, body.limit === undefined ? {} : { limit: body.limit });
    const reads = body.items.map((item, index) => readItem(item, index, body.isSingle));
    const good = reads.filter((read) => read.ok).map(({ submission }) => submission);
    if (good.length === 0 && reads.length > 0) return refuseAll(response, reads);
    const receipts = await submit(good);
    response.status(202).set('Cache-Control', 'no-store');
    const [receipt] = receipts;
    if (body.isSingle && receipt !== undefined) {
      response.location(`/v1/articles/${receipt.id}`).json(receipt);
      return;
    }
    response.json({ items: itemAnswers(reads, receipts) });
  };
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

function refuseAll(response: Response, reads: Read[]): void {
  const errors = reads.flatMap((read) => (read.ok ? [] : read.errors));
  const detail = reads.length === 1 ? describe(errors) : `None of ${reads.length} items is an article; see errors.`;
  sendProblem(response, 'invalid-article', detail, {
    errors,
    ...(reads.length > 1 && { items: itemAnswers(reads, []) }),
  });
}

function sendRecord(response: Response, record: ArticleRecord | null, what: string): void {
  if (record === null) sendProblem(response, 'not-found', what);
  else response.set('Cache-Control', 'no-cache').json(record);
}

function findArticle(store: Store): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, response, findSchema);
    if (query === null) return;
    const canonical = canonicalUrl(query.url);
    if (!canonical.ok) {
      const errors = [{ parameter: 'url', detail: canonical.problem }];
      return sendProblem(response, 'invalid-query', `url: ${canonical.problem}`, { errors });
    }
    const record = await store.articleByUrl(canonical.url);
    sendRecord(response, record, `${canonical.url} has not been submitted.`);
  };
}

function showArticle(store: Store): RequestHandler {
  return async (request, response) => {
    sendRecord(response, await store.article(String(request.params.id)), 'There is no article with this id.');
  };
}

function removeArticle(remove: Remove): RequestHandler {
  return async (request, response) => {
    const isRemoved = await remove(String(request.params.id));
    if (isRemoved) response.status(204).set('Cache-Control', 'no-store').end();
    else sendProblem(response, 'not-found', 'There is no article with this id.');
  };
}
