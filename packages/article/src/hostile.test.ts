import { describe, expect, it } from 'vitest';
import { articleIdOfText } from './article-id.ts';
import { comparisonText } from './boilerplate.ts';
import { creditOf, NO_STRUCTURED_CREDIT } from './credit.ts';
import { parsePublished } from './published.ts';
import { readText } from './read-text.ts';
import { canonicalUrl } from './url.ts';

/** Where a pattern backtracks, a text of this size takes minutes, and the runner's limit ends the test; none is timed. */
const CHARS = 200_000;
const SEEN_AT = '2031-06-14T18:00:00.000Z';

const UNITS = [
  '.',
  '. ',
  '!?',
  '…',
  '。',
  'U.S. ',
  '"',
  '.”',
  ' ',
  '\t',
  '\n',
  'a\n',
  '- \n',
  'a',
  'A',
  'A ',
  '(',
  '((AP',
  '-',
  '– ',
  'AAA — ',
  '(AP) — ',
  'By A ',
  '/',
  'A/',
  'Aa.Aa/',
  '© 2031 ',
  'Copyright ',
  'Reporting by ',
  'Reporting by a; Editing by b',
  'Harbour Post\n2 hours ago\n- Harbour Post\n',
  'share ',
  'share facebook x ',
  'comments (1',
  'this site is protected by recaptcha ',
  'we use cookies ',
  '%',
  '%4',
  '?&',
  'utm_=&',
  '1:',
  '12:34',
  '30 May ',
  '\ud800',
];

describe.each(UNITS)('200,000 characters of %j', (unit) => {
  const text = unit.repeat(Math.ceil(CHARS / unit.length)).slice(0, CHARS);

  it('are read in time that grows with their number', () => {
    readText({
      title: null,
      text,
      source: text,
      url: `https://example.com/${text}`,
      published: text,
      seenAt: SEEN_AT,
      isCard: false,
    });
    comparisonText(text);
    creditOf({
      body: text,
      byline: text,
      url: null,
      declaredCanonicalUrl: text,
      structured: { ...NO_STRUCTURED_CREDIT, dateline: text, creditText: text, photoCredits: [text] },
    });
    articleIdOfText({ source: text, title: text, text });
    // What is short enough to reach every pattern.
    for (const chars of [48, 120, 320, 400, 2000]) {
      const short = text.slice(0, chars);
      comparisonText(short);
      parsePublished(short, SEEN_AT);
      canonicalUrl(`https://example.com/${short}?${short}`);
      creditOf({ body: short, byline: short, url: null, declaredCanonicalUrl: null, structured: NO_STRUCTURED_CREDIT });
    }
    expect(text).toHaveLength(CHARS);
  });
});
