import { createHash } from 'node:crypto';
import type { KeptAnswer, RepeatableRequest, RepetitionStore } from '@wirefold/store';
import type { Request, Response } from 'express';
import type { Access } from './access/access.ts';
import { IDEMPOTENCY_KEY_CHARS_MAX, IN_FLIGHT_RETRY_SECONDS, REPEATED_LEASE_MS } from './limits.ts';
import { PROBLEMS, type ProblemWord, problemDocument, sendProblem } from './problem.ts';

/** A string of structured fields (RFC 9651), as the draft asks for, or the same without its quotes, as most clients send it. */
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;
const VISIBLE = /^[\x20-\x7e]+$/;

/**
 * Answers a request once, however often it is sent with one `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07). What
 * fails by a fault of the service is not kept, so that the request can be sent again.
 */
export type AnswerOnce = (request: Request, response: Response, answer: () => Promise<KeptAnswer>) => Promise<void>;

export function createAnswerOnce(store: RepetitionStore, access: Access): AnswerOnce {
  return async (request, response, answer) => {
    const header = request.get('idempotency-key');
    if (header === undefined) return send(response, await answer());
    const key = keyIn(header);
    if (key === null) return sendProblem(response, 'invalid-idempotency-key');
    const { key: accessKey } = await access.callerOf(request);
    const repeatable = { caller: accessKey?.id ?? '', key, digest: digestOf(request) };
    const found = await store.beginRequest(repeatable, REPEATED_LEASE_MS);
    if (found.kind === 'other') return sendProblem(response, 'idempotency-key-reused');
    if (found.kind === 'in-flight') {
      response.set('Retry-After', String(IN_FLIGHT_RETRY_SECONDS));
      return sendProblem(response, 'in-flight');
    }
    if (found.kind === 'answered') return send(response.set('Idempotent-Replayed', 'true'), found.answer);
    send(response, await answerNow(store, repeatable, answer));
  };
}

async function answerNow(
  store: RepetitionStore,
  request: RepeatableRequest,
  answer: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  let given: KeptAnswer;
  try {
    given = await answer();
  } catch (cause) {
    // Where the store is away the request stays in hand until its lease is over.
    await store.forgetRequest(request).catch(() => {});
    throw cause;
  }
  // It is done and true, though the store may be away for the next one.
  await store.keepAnswer(request, given).catch(() => {});
  return given;
}

function keyIn(header: string): string | null {
  const text = header.trim();
  const key = text.startsWith('"') ? (QUOTED.exec(text)?.[1]?.replace(/\\(.)/g, '$1') ?? '') : text;
  return key.length <= IDEMPOTENCY_KEY_CHARS_MAX && VISIBLE.test(key) ? key : null;
}

function digestOf({ method, path, headers, body }: Request): Buffer {
  const bytes: unknown = body;
  const hash = createHash('sha256').update(`${method} ${path}\n${headers['content-type'] ?? ''}\n`);
  return hash.update(Buffer.isBuffer(bytes) ? bytes : '').digest();
}

/** A JSON answer. */
export function jsonAnswer(status: number, value: object, location: string | null = null): KeptAnswer {
  return { status, type: 'application/json', location, body: JSON.stringify(value) };
}

/** A problem as an answer. */
export function problemAnswer(word: ProblemWord, detail?: string, more: object = {}): KeptAnswer {
  const body = JSON.stringify(problemDocument(word, detail, more));
  return { status: PROBLEMS[word].status, type: 'application/problem+json', location: null, body };
}

function send(response: Response, { status, type, location, body }: KeptAnswer): void {
  if (location !== null) response.location(location);
  response.status(status).set('Cache-Control', 'no-store').type(type).send(body);
}
