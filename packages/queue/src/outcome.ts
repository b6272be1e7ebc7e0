/**
 * How an article leaves a stage. The word of a reason is the stored value, the metric's label, the API's field and the row in
 * docs/operating.md. `retries` is how often the sweeper hands the article out again after this reason before it fails for good.
 */
export const REASONS = {
  // fetch: the URL
  'url-not-allowed': { retries: 0, text: 'The URL is not one that Wirefold may fetch.' },
  'address-not-public': { retries: 0, text: 'The host resolves to an address that is not public.' },
  'host-not-found': { retries: 3, text: 'The name of the host could not be resolved.' },
  'too-many-redirects': { retries: 0, text: 'The site redirected too often.' },
  'robots-forbidden': { retries: 0, text: 'The robots.txt of the site forbids the page to Wirefold.' },
  'robots-unreachable': {
    retries: 4,
    text: 'The robots.txt of the site could not be read, so nothing may be fetched there.',
  },
  'host-down': { retries: 0, text: 'The host failed for hours, and was not asked for this article again.' },
  // fetch: the answer
  'connection-failed': { retries: 4, text: 'The connection failed or broke off.' },
  'deadline-exceeded': { retries: 2, text: 'The site did not answer in full within the deadline.' },
  'body-too-large': { retries: 0, text: 'The answer is larger than the limit.' },
  'bad-encoding': { retries: 1, text: 'The answer is truncated, or its encoding is broken or not allowed.' },
  'not-html': { retries: 0, text: 'The answer is neither HTML nor plain text.' },
  'http-not-found': { retries: 0, text: 'The site says that the page does not exist (404).' },
  'http-gone': { retries: 0, text: 'The site says that the page is gone for good (410).' },
  'http-unavailable-legally': { retries: 0, text: 'The site may not show the page, for legal reasons (451).' },
  'http-forbidden': { retries: 0, text: 'The site refuses the page (401 or 403).' },
  'http-client-error': { retries: 0, text: 'The site refused the request.' },
  'http-too-many-requests': { retries: 6, text: 'The site asks for fewer requests (429).' },
  'http-server-error': { retries: 4, text: 'The site failed (5xx).' },
  // extract
  'no-text': { retries: 0, text: 'No article text was found.' },
  thin: { retries: 0, text: 'Too little text to be an article.' },
  'bot-wall': { retries: 0, text: 'The page is a check for robots, not an article.' },
  'error-page': { retries: 0, text: 'The page says that there is no such page, though it was sent as one.' },
  'cookie-wall': { retries: 0, text: 'The page is a cookie or consent notice, not an article.' },
  paywall: { retries: 0, text: 'The page shows a paywall instead of the article.' },
  // feeds: asked again at their next time, whatever the reason
  'not-feed': {
    retries: 0,
    text: 'The answer is no RSS, Atom or JSON feed and no news sitemap: subscribe the address of the feed itself.',
  },
  'no-feed-found': {
    retries: 0,
    text: 'Neither the page nor the robots.txt of its site names a feed: subscribe the address of the feed itself.',
  },
  'feed-unreadable': { retries: 0, text: 'The feed is broken, or reading it took too long.' },
  'feed-gone': { retries: 0, text: 'The site says that the feed is gone for good (410); it is paused.' },
  'feed-known': {
    retries: 0,
    text: 'The feed that the page names is subscribed already; this subscription is paused.',
  },
  'video-page': { retries: 0, text: 'The page is that of a video, with a caption at most.' },
  'gallery-page': { retries: 0, text: 'The page is a gallery of pictures, with a caption at most.' },
  'index-page': { retries: 0, text: 'The page lists articles, as the front page of a site or of a section does.' },
  // any stage
  bug: { retries: 3, text: 'Wirefold failed on this article; the cause is kept with it.' },
  'worker-lost': { retries: 0, text: 'Workers ended without an outcome too often while they held this article.' },
} as const satisfies Record<string, { retries: number; text: string }>;

export type Reason = keyof typeof REASONS;

/** The three ends of a stage for one article. */
export type Outcome =
  | { kind: 'done' }
  | { kind: 'rejected'; reason: Reason; detail: string }
  | { kind: 'retry'; reason: Reason; detail: string; afterMs: number };
