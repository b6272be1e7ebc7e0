import type { Events } from '@wirefold/runtime';
import { BadCursor, type Store } from '@wirefold/store';
import { sendMessage } from '@wirefold/web';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { answers } from './health.ts';
import { BODY_BYTES_MAX, RETRY_AFTER_SECONDS } from './limits.ts';
import { PROBLEMS, type ProblemWord, sendProblem } from './problem.ts';

const API_PATH = /^\/(?:v1|healthz|metrics)(?:\/|$)/;

export const answerUnknown: RequestHandler = (request, response) => {
  answer(request, response, 'not-found', `There is nothing at ${request.path}.`);
};

/** A problem document for programs; a page for readers, where the address is not one of the API's. */
function answer(request: Request, response: Response, word: ProblemWord, detail?: string, more: object = {}): void {
  const isProgram = API_PATH.test(request.path) || request.accepts(['json', 'html']) !== 'html';
  const { status, title, help } = PROBLEMS[word];
  if (isProgram) sendProblem(response, word, detail, more);
  else sendMessage(response, status, title, detail ?? help);
}

/** The last stop: what a client did wrong by its own word, a store that is away as 503, everything else as a bug. */
export function answerErrors(store: Pick<Store, 'ping'>, events: Pick<Events, 'bug'>): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const known = clientProblem(error);
    if (known !== null) return answer(request, response, known.word, known.detail, known.more);
    if (!(await answers(store))) {
      response.set('Retry-After', String(RETRY_AFTER_SECONDS));
      return answer(request, response, 'unavailable', 'The store does not answer. Nothing was accepted.');
    }
    events.bug({ stage: 'api', cause: error });
    answer(request, response, 'bug');
  };
}

/** What express and its body readers throw for requests that they cannot read: errors with a `status` of 4xx. */
function clientProblem(error: unknown): { word: ProblemWord; detail: string; more?: object } | null {
  if (error instanceof BadCursor) {
    const errors = [
      { parameter: 'cursor', detail: 'is not one that this service gave out; leave it out to start anew' },
    ];
    return { word: 'invalid-query', detail: error.message, more: { errors } };
  }
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  if (error.status < 400 || error.status >= 500) return null;
  if (error.status === 413) {
    return {
      word: 'body-too-large',
      detail: `One request takes ${BODY_BYTES_MAX} bytes.`,
      more: { limit: BODY_BYTES_MAX },
    };
  }
  if (error.status === 415) return { word: 'unsupported-media-type', detail: error.message };
  return { word: 'bad-request', detail: error.message };
}
