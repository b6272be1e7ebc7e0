import express, { type RequestHandler } from 'express';
import { type MatchPageAnswer, renderMatch } from './match.ts';
import { formField, refuseOtherSites, sendPage } from './page.ts';

/** The text of the form, in bytes of UTF-8. */
const MATCH_FORM_TEXT_BYTES_MAX = 512 * 1024;
/** Each byte is up to three when it is encoded; the headline and the names of the fields come with it. */
const FORM_BYTES_MAX = 3 * MATCH_FORM_TEXT_BYTES_MAX + 32 * 1024;
/** The beginning of a page, where no article begins like that. */
const HTML_START = /^\s{0,100}<(?:!doctype|html|head|body|main|article|div|p)\b/iu;

export interface MatchPagesOptions {
  /** Answers a form: `{text, title}` or `{html}`, as the API takes them. */
  match(input: Record<string, string>): Promise<MatchPageAnswer>;
}

/** The page that says whose copy a text is. Both methods only read. */
export function createMatchPages({ match }: MatchPagesOptions): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/match', (_request, response) => {
    sendPage(response, renderMatch({ text: '', title: '' }, MATCH_FORM_TEXT_BYTES_MAX, null));
  });
  const form = express.urlencoded({ extended: false, limit: FORM_BYTES_MAX, parameterLimit: 10 });
  router.post('/match', refuseOtherSites, form, answerMatch(match));
  return router;
}

function answerMatch(match: MatchPagesOptions['match']): RequestHandler {
  return async (request, response) => {
    const [text, title] = [formField(request.body, 'text'), formField(request.body, 'title').trim()];
    const answer = HTML_START.test(text) ? await match({ html: text }) : await match({ text, title });
    sendPage(response, renderMatch({ text, title }, MATCH_FORM_TEXT_BYTES_MAX, answer), answer.ok ? 200 : 422);
  };
}
