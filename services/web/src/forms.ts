import type { Store } from '@wirefold/store';
import type { RequestHandler } from 'express';
import { sendMessage } from './page.ts';

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
    const form: unknown = request.body;
    const url = typeof form === 'object' && form !== null && 'url' in form ? form.url : null;
    if (typeof url !== 'string' || url.trim() === '') {
      return sendMessage(
        response,
        400,
        'No address',
        'Fill in the address of an article, beginning with https:// or http://.',
      );
    }
    const result = await submitUrl(url.trim());
    if (!result.ok) return sendMessage(response, 422, 'Not an address of an article', result.problem);
    response.redirect(303, `/articles/${encodeURIComponent(result.id)}`);
  };
}
