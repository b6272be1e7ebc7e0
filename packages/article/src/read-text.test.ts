import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article, Reading } from './article.ts';
import { articleIdOfText } from './article-id.ts';
import { splitCards } from './cards.ts';
import { cleanText, paragraphsOf } from './plain-text.ts';
import { readText, type TextInput } from './read-text.ts';

const SEEN_AT = '2031-06-14T18:00:00.000Z';
const PROSE = 'Ferries sail again between the two towns, the harbour master said on Monday after a winter of repairs.';
const GALLERY = `${PROSE} Thousands stood on the piers to watch. This is a photo gallery curated by AP photo editors.`;

const PAGE = `Ferries sail again, harbour master says
A ferry leaves the harbour on Monday. File Pool Photo by Jane Roe/EPA-EFE
OSLO, June 12 (UPI) -- ${PROSE}
The second paragraph says where the money came from, and who is to pay it back.

Try Our AI Features
Explore what Harbour7 AI can do for you:
Comments
No comments yet...
Related Articles


Harbour Post
2 hours ago
- Harbour Post
Photos of the first ferry
${GALLERY} You may unsubscribe at any time.

Associated Press

3 hours ago
-  associated  press
Photos of the first ferry

${GALLERY}
Advertisement`;

function read(input: Partial<TextInput>): Reading {
  return readText({
    title: null,
    text: '',
    source: null,
    url: null,
    published: null,
    seenAt: SEEN_AT,
    isCard: false,
    ...input,
  });
}

function articleOf(input: Partial<TextInput>): Article {
  const reading = read(input);
  if (!reading.ok) throw new Error(`${reading.reason}: ${reading.detail}`);
  return reading.article;
}

describe("an aggregator's page", () => {
  const reading = read({ text: PAGE });
  if (!reading.ok) throw new Error(reading.detail);
  const { article, cards } = reading;

  it('gives the main article, titled by its first line and credited by its dateline', () => {
    expect(article).toMatchObject({
      title: 'Ferries sail again, harbour master says',
      source: { key: 'united press international', name: 'United Press International' },
      credit: { agency: { id: 'upi' } },
      language: 'en',
      url: null,
    });
  });

  it('keeps the furniture and the cards out of the main article', () => {
    expect(article.body.split('\n\n')).toEqual([
      'A ferry leaves the harbour on Monday. File Pool Photo by Jane Roe/EPA-EFE',
      `OSLO, June 12 (UPI) -- ${PROSE}`,
      'The second paragraph says where the money came from, and who is to pay it back.',
    ]);
  });

  it('gives the cards with outlet, headline, text and an uncertain time', () => {
    expect(cards).toEqual([
      {
        url: null,
        source: 'Harbour Post',
        title: 'Photos of the first ferry',
        text: `${GALLERY} You may unsubscribe at any time.`,
        published: { at: '2031-06-14T16:00:00.000Z', uncertaintyMs: 3_600_000, evidence: '2 hours ago' },
      },
      {
        url: null,
        source: 'Associated Press',
        title: 'Photos of the first ferry',
        text: GALLERY,
        published: { at: '2031-06-14T15:00:00.000Z', uncertaintyMs: 3_600_000, evidence: '3 hours ago' },
      },
    ]);
  });

  it('counts back from a precise time that is given for the page, and from no other', () => {
    const at = (published: string) => {
      const given = read({ text: PAGE, published });
      return given.ok ? given.cards[0]?.published?.at : null;
    };
    expect(at('2031-06-10T12:00:00Z')).toBe('2031-06-10T10:00:00.000Z');
    expect(at('2031-06-10')).toBe('2031-06-14T16:00:00.000Z');
  });

  it('gives a card the id of the same article pushed alone', () => {
    const card = cards[1];
    const pushed = { source: 'Associated Press', title: 'Photos of the first ferry ', text: `${GALLERY}\r\n` };
    expect(card && articleIdOfText(card)).toBe(articleIdOfText(pushed));
  });

  it('loses no card when the page holds nothing else', () => {
    const bare = read({ text: PAGE.slice(PAGE.indexOf('Harbour Post')) });
    expect(bare).toMatchObject({
      ok: true,
      article: { source: { name: 'Harbour Post' } },
      cards: [{ source: 'Associated Press' }],
    });
    expect(bare.ok && bare.cards).toHaveLength(1);
  });

  it('is not looked for in a card', () => {
    expect(read({ text: PAGE, isCard: true })).toMatchObject({ ok: true, cards: [] });
  });

  it.each([
    [
      'a list',
      `Harbour Post\n2 hours ago\nPhotos of the first ferry\n${PROSE}\nHarbour News\n3 hours ago\nPhotos\n${PROSE}`,
    ],
    ['another name', `Harbour Post\n2 hours ago\n- Harbour News\nPhotos of the first ferry\n${PROSE}`],
    ['no time', `Harbour Post\nSecond place\n- Harbour Post\nPhotos of the first ferry\n${PROSE}`],
  ])('is not seen in %s', (_, text) => {
    expect(splitCards(text, SEEN_AT)).toEqual({ main: text, cards: [] });
  });
});

describe('a text', () => {
  it('keeps the title that is given, and does not repeat it', () => {
    expect(articleOf({ title: 'Ferries  sail', text: `FERRIES SAIL\n\n${PROSE}` })).toMatchObject({
      title: 'Ferries sail',
      body: PROSE,
    });
  });

  it('is named by its first sentence where no headline stands apart', () => {
    expect(articleOf({ text: `OSLO (AP) — Ferries sail. ${PROSE}` })).toMatchObject({
      title: 'Ferries sail.',
      body: `OSLO (AP) — Ferries sail. ${PROSE}`,
    });
    expect(articleOf({ text: `${PROSE}\n${PROSE}` }).body).toBe(`${PROSE}\n\n${PROSE}`);
    expect(articleOf({ text: 'ferries '.repeat(60) }).title.length).toBeLessThanOrEqual(200);
  });

  it('loses the byline to its field', () => {
    expect(articleOf({ text: `Ferries sail again\n\nBy JANE ROE, Associated Press\n\n${PROSE}` })).toMatchObject({
      byline: 'JANE ROE, Associated Press',
      body: PROSE,
      credit: { agency: { id: 'ap' } },
    });
  });

  it('has the given source, else that of its URL, else the agency of its dateline, else none', () => {
    const text = `Ferries sail\nOSLO (AP) — ${PROSE}`;
    expect(articleOf({ text, source: 'Harbour Post' }).source.name).toBe('Harbour Post');
    expect(articleOf({ text, url: 'https://www.post.example/a#top' })).toMatchObject({
      source: { key: 'post.example' },
      url: 'https://www.post.example/a',
    });
    expect(articleOf({ text }).source.name).toBe('Associated Press');
    expect(articleOf({ text: PROSE }).source.name).toBe('unknown');
  });

  it('has the time that is given, else a recent dateline, and never one from its prose', () => {
    expect(articleOf({ text: PROSE, published: '2031-06-01' }).published?.at).toBe('2031-06-01T12:00:00.000Z');
    expect(articleOf({ text: `OSLO, June 12 (AP) — ${PROSE}` }).published?.at).toBe('2031-06-12T12:00:00.000Z');
    expect(articleOf({ text: `OSLO, Jan. 2 (AP) — ${PROSE}` }).published).toBeNull();
    expect(articleOf({ text: `On May 30, 2031, the pier was built. ${PROSE}` }).published).toBeNull();
  });

  it('that is hardly one has a reason', () => {
    expect(read({ text: ' \n ' })).toMatchObject({ ok: false, reason: 'no-text' });
    expect(read({ text: 'Ferries sail.' })).toMatchObject({ ok: false, reason: 'thin' });
  });

  it('never makes it throw, and spans stay inside the body', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'Harbour Post',
        '\n2 hours ago\n',
        '- Harbour Post',
        '\n',
        '\n\n',
        PROSE,
        'By Jane Roe',
        'OSLO (AP) —',
        'Comments',
        '\ud800',
        '\u0000',
        '\r',
      ),
      fc.string({ unit: 'binary' }),
    );
    const text = fc.array(part, { maxLength: 25 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.option(fc.string()), fc.option(fc.webUrl()), fc.boolean(), (body, field, url, isCard) => {
        const reading = read({ text: body, title: field, source: field, published: field, url, isCard });
        if (!reading.ok) return;
        expect(reading.article.title).not.toBe('');
        for (const { end } of reading.article.boilerplate) expect(end).toBeLessThanOrEqual(reading.article.body.length);
        expect(reading.article.body).not.toMatch(/[\ud800-\udfff]/u);
      }),
      { numRuns: 300 },
    );
  });
});

describe('paragraphsOf', () => {
  it('takes each line for a paragraph', () => {
    expect(paragraphsOf(cleanText('One.\rTwo.\r\n\r\nThr\u0000ee.'))).toEqual(['One.', 'Two.', 'Three.']);
  });

  it('joins lines that were wrapped at a column', () => {
    const wrapped =
      'Ferries sail again between the two towns, the harbour\nmaster said on Monday after a winter of repairs that\ncost more than planned.\n\nThe end.';
    expect(paragraphsOf(wrapped)).toEqual([
      'Ferries sail again between the two towns, the harbour master said on Monday after a winter of repairs that cost more than planned.',
      'The end.',
    ]);
  });
});
