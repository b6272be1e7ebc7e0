import express, { type Request, type RequestHandler } from 'express';
import { describePosition, jsonErrorIndex } from './json-position.ts';
import { BODIES_BYTES_MAX, BODY_BYTES_MAX, ITEMS_MAX, RETRY_AFTER_SECONDS } from './limits.ts';
import { type ProblemWord, sendProblem } from './problem.ts';

export const JSON_TYPE = 'application/json';
/** The first is the one that we name. */
export const NDJSON_TYPES = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'] as const;

/** One item of a body: a value, or the reason why its line could not be read. `line` is 1-based, for NDJSON only. */
export type Item = { ok: true; value: unknown; line?: number } | { ok: false; detail: string; line: number };

export type BodyReading =
  | { ok: true; items: Item[]; isSingle: boolean }
  | { ok: false; word: ProblemWord; detail: string; limit?: number };

/**
 * Reads a body of JSON or NDJSON whole, within the limits. Asking for these two types by name also keeps forms of other sites out:
 * a browser sends them across sites only after a preflight, which is never answered.
 */
export function readBody(): RequestHandler[] {
  const inHand = { bytes: 0 };
  const hold: RequestHandler = (request, response, next) => {
    const announced = Number(request.headers['content-length'] ?? BODY_BYTES_MAX);
    const bytes =
      request.headers['content-encoding'] === undefined ? Math.min(announced, BODY_BYTES_MAX) : BODY_BYTES_MAX;
    if (inHand.bytes + bytes > BODIES_BYTES_MAX) {
      response.set('Retry-After', String(RETRY_AFTER_SECONDS));
      return sendProblem(response, 'unavailable', 'Too many large requests are in hand.');
    }
    inHand.bytes += bytes;
    response.once('close', () => {
      inHand.bytes -= bytes;
    });
    next();
  };
  const checkType: RequestHandler = (request, response, next) => {
    if (request.is([JSON_TYPE, ...NDJSON_TYPES])) return next();
    sendProblem(
      response,
      'unsupported-media-type',
      `The body is announced as ${request.headers['content-type'] ?? 'nothing'}.`,
    );
  };
  return [checkType, hold, express.raw({ type: () => true, limit: BODY_BYTES_MAX })];
}

/** The items of a request whose body was read. */
export function itemsOf(request: Request): BodyReading {
  const bytes: unknown = request.body;
  const text = decode(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
  if (text === null) return { ok: false, word: 'invalid-json', detail: 'The body is not UTF-8.' };
  if (text.trim() === '') return { ok: false, word: 'invalid-json', detail: 'The body is empty.' };
  return request.is([...NDJSON_TYPES]) ? readLines(text) : readDocument(text);
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readDocument(text: string): BodyReading {
  const parsed = parse(text);
  if (!parsed.ok) return { ok: false, word: 'invalid-json', detail: parsed.detail };
  if (!Array.isArray(parsed.value)) return { ok: true, items: [{ ok: true, value: parsed.value }], isSingle: true };
  if (parsed.value.length > ITEMS_MAX) return tooMany(parsed.value.length);
  return { ok: true, items: parsed.value.map((value: unknown) => ({ ok: true, value })), isSingle: false };
}

function readLines(text: string): BodyReading {
  const items: Item[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    if (items.length === ITEMS_MAX) return tooMany(`more than ${ITEMS_MAX}`);
    const parsed = parse(line);
    items.push(parsed.ok ? { ...parsed, line: index + 1 } : { ...parsed, line: index + 1 });
  }
  return { ok: true, items, isSingle: false };
}

function tooMany(count: number | string): BodyReading {
  const detail = `The body has ${count} items; ${ITEMS_MAX} are taken at once.`;
  return { ok: false, word: 'body-too-large', detail, limit: ITEMS_MAX };
}

function parse(text: string): { ok: true; value: unknown } | { ok: false; detail: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const index = jsonErrorIndex(text) ?? 0;
    const what = index >= text.length ? 'ends too early' : 'is not JSON';
    return { ok: false, detail: `It ${what} at position ${index} (${describePosition(text, index)}).` };
  }
}

/** The value of a body that has to be one JSON value; null where it is a list, lines, or cannot be read. */
export function singleOf(body: BodyReading): unknown {
  const [item] = body.ok && body.isSingle ? body.items : [];
  return item?.ok ? item.value : null;
}
