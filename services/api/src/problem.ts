import type { Response } from 'express';

/**
 * Everything that the API answers instead of what was asked for. The word is the end of the problem's type and its address:
 * `/problems/{word}` says what to do about it. Words stay as they are once they were released.
 */
export const PROBLEMS = {
  'invalid-json': {
    status: 400,
    title: 'The body is not JSON',
    help: 'Send UTF-8 JSON: one object, a list of objects, or as application/x-ndjson one object a line. The detail says where reading stopped.',
  },
  'invalid-query': {
    status: 400,
    title: 'A parameter is not valid',
    help: 'Each entry of errors names a parameter and says what it takes.',
  },
  'bad-request': {
    status: 400,
    title: 'The request could not be read',
    help: 'The address or the headers are malformed, or the body ended before its announced length.',
  },
  'invalid-idempotency-key': {
    status: 400,
    title: 'This is no Idempotency-Key',
    help: 'Send 1 to 255 visible ASCII characters, best a new UUID for each request, with or without quotes.',
  },
  unauthorized: {
    status: 401,
    title: 'A key is needed',
    help: 'Send Authorization: Bearer with a key that allows what scope says, or log in at /login with a browser. Keys are made by: npm run -s wirefold -- keys create.',
  },
  'missing-scope': {
    status: 403,
    title: 'The key does not allow this',
    help: 'scope says what is missing, scopes what the key allows. admin allows everything.',
  },
  forbidden: { status: 403, title: 'Refused', help: 'The request was sent by a page of another site.' },
  'not-found': { status: 404, title: 'Not found', help: 'Nothing has this address or this id.' },
  gone: {
    status: 410,
    title: 'Gone',
    help: 'The story lost its last article. Its id is not given to another one.',
  },
  'cursor-expired': {
    status: 410,
    title: 'The log does not go back that far',
    help: 'What happened to stories is kept for CHANGES_KEEP_DAYS days, and this cursor is older, or of another store. Ask for /v1/changes?since=now, read /v1/stories to the end, then go on from the cursor.',
  },
  'too-slow': {
    status: 408,
    title: 'The request took too long',
    help: 'Headers are sent within 10 seconds, and the whole request within 60. Send smaller bodies over a slow line.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Not allowed here',
    help: 'The Allow header lists the methods that this address takes.',
  },
  'not-signed': {
    status: 409,
    title: 'Not read yet',
    help: 'An article has a text to compare once it was read. state and reason say how far it has come; one that failed can be submitted again.',
  },
  'in-flight': {
    status: 409,
    title: 'The same request is in flight',
    help: 'It came with the same Idempotency-Key and is not answered yet. Send it again after Retry-After seconds.',
  },
  'contradicting-decision': {
    status: 409,
    title: 'Decided otherwise before',
    help: 'decision says the opposite, and is in force. Withdraw it first, by DELETE /v1/decisions/{id}, then decide again.',
  },
  'too-many-webhooks': {
    status: 409,
    title: 'There are as many webhooks as there may be',
    help: 'Remove one that is not needed any more, or let one receiver pass on what it is told.',
  },
  'too-many-keys': {
    status: 409,
    title: 'There are as many keys as there may be',
    help: 'Revoke one that is not used any more; GET /v1/keys says when each was used last.',
  },
  'feed-paused': {
    status: 409,
    title: 'The feed is paused',
    help: 'Resume it first: PATCH it with {"paused": false}. reason says why it was paused, where Wirefold did that.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    help: 'Send fewer articles at once; limit says how many bytes or items one request may have.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unknown kind of body',
    help: 'Send Content-Type: application/json or application/x-ndjson, in UTF-8, plain or compressed with gzip, deflate or br.',
  },
  'wrong-host': {
    status: 421,
    title: 'Asked under a foreign name',
    help: 'A service that listens on loopback answers only to localhost and loopback addresses, so that web pages cannot reach it by a name of their own. Use http://127.0.0.1 with the port, or let a proxy send that as Host.',
  },
  'invalid-webhook': {
    status: 422,
    title: 'Not a webhook',
    help: 'Send {url, kinds?}: an http or https URL without user name and password, and a list of kinds of events. Each entry of errors names a field and what it takes.',
  },
  'invalid-decision': {
    status: 422,
    title: 'Nothing could be decided',
    help: 'Send {articles, note?} to split: some of the articles of the story, and not all. Send {stories, note?} to merge: ids of other live stories. Send {article, note?} to pin: one article of the story. Each entry of errors names a field and what to do.',
  },
  'invalid-article': {
    status: 422,
    title: 'No article could be taken',
    help: 'Send {url}, {url, html} or {url?, source?, title?, text, published?}. Each entry of errors names an item, a field and what to do.',
  },
  'invalid-retry': {
    status: 422,
    title: 'Nothing could be tried again',
    help: 'Send {reason, host?, limit?}: one of the reasons that articles fail for, and whose articles. Each entry of errors names a field.',
  },
  'invalid-match': {
    status: 422,
    title: 'Nothing to match',
    help: 'Send {text, title?, source?, url?} or {html, url?}. Each entry of errors names a field and what to do.',
  },
  'not-an-article': {
    status: 422,
    title: 'Not an article',
    help: 'What was sent has no text of an article to compare: it is too short, or the page of a wall, an error or a list. reason says which.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key belongs to another request',
    help: 'The key came before with another body or media type, and is remembered for 24 hours. Send a new key with a new request.',
  },
  'invalid-key': {
    status: 422,
    title: 'No key was made',
    help: 'Send {"name": …, "scopes": ["read", "submit", "admin"]} with at least one scope. Each entry of errors names a field and what to do.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    help: 'Wait for Retry-After seconds. RateLimit-Policy says how many requests a key, or an address without one, has in a minute, RateLimit how many are left. Send articles in lists: a list is one request.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    help: 'Address and headers together have 16 KiB.',
  },
  'invalid-feed': {
    status: 422,
    title: 'No feed could be taken',
    help: 'Send {url, fullText?} to /v1/sources, {paused?, fullText?} to a feed, or OPML to /v1/feeds.opml. Each entry of errors names a field and what to do.',
  },
  bug: {
    status: 500,
    title: 'Wirefold failed',
    help: 'The cause stands in the log of the service. Sending a submission again does no harm.',
  },
  withdrawn: {
    status: 451,
    title: 'Withdrawn',
    help: 'The source of the text may not show it any more, for legal reasons, so it is not shown here either. It comes back when the source shows it again and the article is read again.',
  },
  unavailable: {
    status: 503,
    title: 'Not available for the moment',
    help: 'The store does not answer, or too many large requests are in hand. Nothing was accepted; try again after Retry-After seconds.',
  },
  unhealthy: {
    status: 503,
    title: 'Not healthy',
    help: 'problems says what is wrong; violations lists the invariants that do not hold, each with the id that breaks it.',
  },
} as const satisfies Record<string, { status: number; title: string; help: string }>;

export type ProblemWord = keyof typeof PROBLEMS;

/** One field of a request that is wrong. `pointer` is a JSON pointer into the item; `parameter` a name in the query. */
export interface FieldError {
  index?: number;
  pointer?: string;
  parameter?: string;
  detail: string;
}

/** The fields of a problem document (RFC 9457) that every problem has, and whatever it adds. */
export function problemDocument(word: ProblemWord, detail?: string, more: object = {}) {
  const { status, title } = PROBLEMS[word];
  return { type: `/problems/${word}`, title, status, ...(detail !== undefined && { detail }), ...more };
}

export function isProblemWord(word: string): word is ProblemWord {
  return Object.hasOwn(PROBLEMS, word);
}

/** Answers with a problem document. */
export function sendProblem(response: Response, word: ProblemWord, detail?: string, more: object = {}): void {
  const { status } = PROBLEMS[word];
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problemDocument(word, detail, more)));
}
