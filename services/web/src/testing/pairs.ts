import { explain, sign } from '@wirefold/dedup';
import { copyChanges, wordDiff } from '@wirefold/story';
import type { DiffAnswer } from '../diff.ts';
import type { ExplainAnswer } from '../explain.ts';
import { AP_CREDIT, HARBOUR, HARBOUR_BODY, NO_CREDIT } from './samples.ts';

/** What is printed of the canonical of the harbour story. */
export const CANONICAL = { byline: 'By Tobias Renn', credit: AP_CREDIT, boilerplate: [] };

const RADIO_BODY = `${HARBOUR_BODY.replace('4,100', '4,200').replace('KELDMOUTH (AP) — ', '')}\n\nSign up for our letter.`;
const RADIO_PITCH = { start: RADIO_BODY.indexOf('Sign up'), end: RADIO_BODY.length, rule: 'newsletter-pitch' };

/** The canonical of the harbour story and a copy of it, word by word. */
export const DIFF: Extract<DiffAnswer, { ok: true }> = {
  ok: true,
  story: HARBOUR.id,
  a: { ...HARBOUR.canonical, isCanonical: true },
  b: {
    ...HARBOUR.canonical,
    articleId: 'm3',
    isCanonical: false,
    url: null,
    title: 'The last ferry',
    source: { key: 'isles radio', name: 'Isles Radio' },
  },
  title: wordDiff(HARBOUR.title, 'The last ferry'),
  before: HARBOUR_BODY,
  changes: copyChanges(
    { ...CANONICAL, body: HARBOUR_BODY },
    { byline: null, credit: NO_CREDIT, body: RADIO_BODY, boilerplate: [RADIO_PITCH] },
  ),
};

/** Two copies of the harbour story: a number, a spelling and a pitch are new in the second. */
export const PAIR: Extract<ExplainAnswer, { ok: true }> = {
  ok: true,
  a: {
    articleId: 'm1',
    url: HARBOUR.canonical.url,
    title: HARBOUR.title,
    source: HARBOUR.canonical.source,
    story: HARBOUR.id,
  },
  b: { articleId: 'm3', url: null, title: '', source: { key: 'isles radio', name: 'Isles Radio' }, story: null },
  explanation: explain(
    sign(HARBOUR_BODY),
    sign(
      `${HARBOUR_BODY.replace('4,100', '4,200').replace('carried', 'carryed')} Enjoying this story? Sign up for our letter.`,
    ),
  ),
  byHand: [{ decision: 7, kind: 'split', at: '2026-03-12T08:00:00.000Z', by: 'Night desk', note: 'another ferry' }],
};
