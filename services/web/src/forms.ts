import type { ReplayQuery, Store } from '@wirefold/store';
import type { RequestHandler } from 'express';
import { formField, sendMessage } from './page.ts';

/** Failures that one press of a button has tried again. */
export const RETRIED_MAX = 1_000;
/** Longer than any reason and any name of a host. */
const FIELD_CHARS_MAX = 500;

/** Has failed articles tried again. */
export interface RetryPages {
  failures(query: ReplayQuery): Promise<number>;
  article(articleId: string): Promise<boolean | null>;
}

export interface FormOptions {
  store: Pick<Store, 'article'>;
  /** Commits one URL to the ledger and hands it over, to be read again where that is asked for; what is wrong with it comes back in words. */
  submitUrl(url: string, refetch?: boolean): Promise<{ ok: true; id: string } | { ok: false; problem: string }>;
}

/** Has an article read again. */
export function refetchArticle({ store, submitUrl }: FormOptions): RequestHandler {
  return async (request, response) => {
    const record = await store.article(String(request.params.id));
    if (record === null) return sendMessage(response, 404, 'No such article', 'There is no article with this id.');
    const result = record.url === null ? null : await submitUrl(record.url, true);
    if (result?.ok) return response.redirect(303, `/articles/${encodeURIComponent(record.id)}`);
    sendMessage(response, 422, 'Not to be read again', result?.problem ?? 'It came as a text, without a URL.');
  };
}

/** Submits the one URL of a form. */
export function submitForm({ submitUrl }: FormOptions): RequestHandler {
  return async (request, response) => {
    const url = formField(request.body, 'url').trim();
    if (url === '') {
      return sendMessage(
        response,
        400,
        'No address',
        'Fill in the address of an article, beginning with https:// or http://.',
      );
    }
    const result = await submitUrl(url);
    if (!result.ok) return sendMessage(response, 422, 'Not an address of an article', result.problem);
    response.redirect(303, `/articles/${encodeURIComponent(result.id)}`);
  };
}

/** Has the failures of a reason, and of a host where one is named, tried again. */
export function retryFailures(retry: RetryPages): RequestHandler {
  return async (request, response) => {
    const field = (name: 'reason' | 'host') => {
      const value = formField(request.body, name);
      return value === '' ? null : value.replaceAll('\u0000', '').slice(0, FIELD_CHARS_MAX);
    };
    const reason = field('reason');
    if (reason === null)
      return sendMessage(response, 400, 'No reason', 'Say which failures are to be tried again, by their reason.');
    const retried = await retry.failures({ reason, host: field('host'), limit: RETRIED_MAX });
    response.redirect(303, `/monitor?retried=${retried}`);
  };
}

/** Has one failed article tried again. */
export function retryArticle(retry: RetryPages): RequestHandler {
  return async (request, response) => {
    const id = String(request.params.id);
    const isRetried = await retry.article(id);
    if (isRetried === null) return sendMessage(response, 404, 'No such article', 'There is no article with this id.');
    response.redirect(303, `/articles/${encodeURIComponent(id)}`);
  };
}
