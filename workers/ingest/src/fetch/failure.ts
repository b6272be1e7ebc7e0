import type { Reason } from '@wirefold/queue';
import { type Failed, failed } from './result.ts';

/** Where in the exchange an error came up: a broken-off body is a truncated answer, anything before it a failed connection. */
export type ExchangePart = 'head' | 'body';

/** A refusal made inside a callback of the network stack, where only an error can travel. */
interface Refusal extends Error {
  refusedFor: Reason;
}

export function refusal(reason: Reason, detail: string): Refusal {
  return Object.assign(new Error(detail), { refusedFor: reason });
}

function isRefusal(error: object): error is Refusal {
  return 'refusedFor' in error;
}

const REASON_OF_CODE: Record<string, Reason> = {
  ENOTFOUND: 'host-not-found',
  ENODATA: 'host-not-found',
  UND_ERR_HEADERS_OVERFLOW: 'body-too-large',
  UND_ERR_HEADERS_TIMEOUT: 'deadline-exceeded',
  UND_ERR_BODY_TIMEOUT: 'deadline-exceeded',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'bad-encoding',
};

/** Codes that say that the request was made wrongly: ours to mend, and not the site's. */
const BUG_CODES = /^(?:UND_ERR_INVALID_|UND_ERR_NOT_SUPPORTED|ERR_INVALID_ARG|ERR_ASSERTION)/;

/**
 * Names the reason of what the network stack threw. An error of no known kind is a bug and is thrown again.
 */
export function failureOf(error: unknown, part: ExchangePart): Failed {
  if (!(error instanceof Error)) throw error;
  if (isRefusal(error)) return failed(error.refusedFor, error.message);
  const code = codeOf(error);
  if (code === null || BUG_CODES.test(code)) throw error;
  return failed(REASON_OF_CODE[code] ?? reasonOfFamily(code, part), code);
}

/** The error's code; undici's parser leaves it out for some of its errors, which then go by their name. */
function codeOf(error: Error): string | null {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'HTTPParserError' ? 'HPE_OTHER' : null;
}

function reasonOfFamily(code: string, part: ExchangePart): Reason {
  if (code.startsWith('EAI_')) return 'host-not-found';
  const isBrokenAnswer = code.startsWith('HPE_') || code === 'UND_ERR_SOCKET';
  return part === 'body' && isBrokenAnswer ? 'bad-encoding' : 'connection-failed';
}
