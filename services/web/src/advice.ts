import type { REASONS } from '@wirefold/queue';
import type { ArticleRecord } from '@wirefold/store';

type Reason = keyof typeof REASONS;

const PUSH = 'Push the page’s HTML or the text itself with POST /v1/articles; then nothing is fetched.';
const LATER = 'Submit it again later: a failed article is tried anew.';
const ADDRESS = 'Look whether the address is right, or whether the page has moved.';

/** What a person can do about a failure, where it is not simply to push the article's content. */
const ADVICE: Partial<Record<Reason, string>> = {
  'url-not-allowed': `Only http and https on the usual ports are fetched. ${PUSH}`,
  'address-not-public': `Only public addresses are fetched. ${PUSH}`,
  'host-not-found': 'Look whether the name of the host is right.',
  'too-many-redirects': 'Submit the address at which a browser ends up.',
  'robots-unreachable': LATER,
  'host-down': LATER,
  'connection-failed': LATER,
  'deadline-exceeded': LATER,
  'http-too-many-requests': LATER,
  'http-server-error': LATER,
  'http-not-found': ADDRESS,
  'error-page': ADDRESS,
  'http-gone': 'The source took the page down for good.',
  'index-page': 'Submit the addresses of the articles that it lists.',
  'no-text': `If the page does hold an article, push its text. ${PUSH}`,
  thin: `If the page does hold an article, push its text. ${PUSH}`,
  bug: 'Submit it again; if it fails again, the cause above is what to report.',
  'worker-lost': 'Submit it again; if it fails again, the log of the workers says why they ended.',
};

/** What to do about an article that failed or waits for another try; null where there is nothing to be done, or its text stands already. */
export function adviceFor({ state, reason }: Pick<ArticleRecord, 'state' | 'reason'>): string | null {
  if (reason === null || state === 'done') return null;
  if (state !== 'failed') return 'Nothing to do: it is tried again by itself.';
  return (ADVICE as Partial<Record<string, string>>)[reason] ?? PUSH;
}
