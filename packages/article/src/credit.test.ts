import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CreditInput, creditOf, NO_STRUCTURED_CREDIT } from './credit.ts';
import { agencyOfByline, bylineIn } from './text-byline.ts';

const URL = 'https://www.post.example/2031/ferries';

function credit(body: string, more: Partial<CreditInput> = {}) {
  return creditOf({
    body,
    byline: null,
    url: URL,
    declaredCanonicalUrl: null,
    structured: NO_STRUCTURED_CREDIT,
    ...more,
  });
}

const CREDIT_LINES = [
  ['Ferries sail. ___ This is a photo gallery curated by AP photo editors.', 'ap'],
  ['Ferries sail.\n\nCopyright 2031 The Associated Press. All rights reserved.', 'ap'],
  ['Ferries sail.\n\n© 2031 AFP', 'afp'],
  ['Ferries sail.\n\nCopyright © 2031 by United Press International, Inc.', 'upi'],
  ['Ferries sail.\n\n(Reporting by Jane Roe in Oslo; Editing by John Doe)', 'reuters'],
  ['Ferries sail.\n\n© dpa-infocom, dpa:310530-99-123456/2', 'dpa'],
  ['Ferries sail.\n\n— Reuters', 'reuters'],
  ['Ferries sail.\n\n(AFP)', 'afp'],
  ['Ferries sail.\n\nSource: Xinhua', 'xinhua'],
  ['Ferries sail.\n\nThe-CNN-Wire', 'cnn'],
  ['Ferries sail.\n\nDistributed by Tribune Content Agency, LLC.', 'tns'],
  ['Ferries sail.\n\nAustralian Associated Press', 'aap'],
] as const;

describe('creditOf', () => {
  it('names the agency of the dateline', () => {
    const found = credit('OSLO, May 30 (UPI) -- Ferries sail again.');
    expect(found).toMatchObject({
      agency: { id: 'upi', name: 'United Press International' },
      dateline: { place: 'OSLO', date: 'May 30' },
    });
    expect(found.evidence).toEqual([{ kind: 'dateline', agency: found.agency, text: 'OSLO, May 30 (UPI) --' }]);
  });

  it.each(CREDIT_LINES)('reads the credit line of %j', (body, id) => {
    const found = credit(body);
    expect(found.agency?.id).toBe(id);
    expect(found.evidence.map((sign) => sign.kind)).toContain('credit-line');
  });

  it.each([
    ['The harbour master told Reuters that ferries sail again.'],
    ['According to the Associated Press, ferries sail again. AP counted them.'],
    ['Copyright law keeps ferries busy, Reuters says.'],
    ['Jane Roe of AFP contributed to this report.'],
    ['TT\n\nFerries sail again.'],
    ['Source: the harbour'],
  ])('does not take %j for a credit', (body) => {
    expect(credit(body)).toMatchObject({ agency: null, evidence: [] });
  });

  it.each([
    ['A ferry in Oslo. File Harbour Pool Photo by Jane Roe/Sputnik/EPA-EFE', 'epa'],
    ['(AP Photo/Jane Roe)', 'ap'],
    ['A ferry in Oslo. REUTERS/Jane Roe/File Photo', 'reuters'],
    ['Foto: Jane Roe/dpa', 'dpa'],
    ['Photo: Getty Images', 'getty'],
    ['© 2031 AFP photo', null],
  ])('keeps the photo credit of %j, which decides nothing', (caption, id) => {
    const found = credit(`${caption}\n\nFerries sail again.`);
    expect(found.agency).toBeNull();
    if (id !== null) expect(found.evidence).toMatchObject([{ kind: 'photo-credit', agency: { id } }]);
  });
});

describe('the strongest sign', () => {
  it('is never a photo credit of structured data', () => {
    const structured = { ...NO_STRUCTURED_CREDIT, photoCredits: ['Jane Roe/AP'], creditText: 'Getty Images' };
    const found = credit('Ferries sail again.', { structured });
    expect(found.agency).toBeNull();
    expect(found.evidence.map((sign) => sign.kind)).toEqual(['photo-credit', 'photo-credit']);
  });

  it('is the dateline before a credit line, and a byline before structured data', () => {
    expect(credit('OSLO (AP) — Ferries sail.\n\n© 2031 AFP').agency?.id).toBe('ap');
    const structured = { ...NO_STRUCTURED_CREDIT, provider: 'Reuters' };
    expect(credit('Ferries sail.', { byline: 'Jane Roe, Associated Press', structured }).agency?.id).toBe('ap');
    expect(credit('Ferries sail.', { byline: 'Jane Roe', structured }).agency?.id).toBe('reuters');
  });

  it('may be the dateline of structured data where the body has none', () => {
    const structured = { ...NO_STRUCTURED_CREDIT, dateline: 'OSLO (AP)' };
    expect(credit('Ferries sail.', { structured })).toMatchObject({
      agency: { id: 'ap' },
      dateline: { place: 'OSLO' },
    });
  });
});

describe('a declared original', () => {
  it('is a canonical link to an article of another site', () => {
    const found = credit('Ferries sail.', { declaredCanonicalUrl: 'https://apnews.com/article/ferries' });
    expect(found).toMatchObject({
      agency: { id: 'ap' },
      declaredOriginal: { url: 'https://apnews.com/article/ferries', name: 'Associated Press' },
      evidence: [{ kind: 'canonical-link' }],
    });
  });

  it.each([
    [URL],
    ['https://m.post.example/ferries'],
    ['https://apnews.com/'],
    ['not a url://'],
    ['javascript:alert(1)'],
  ])('takes the canonical link %s for no other original', (declaredCanonicalUrl) => {
    expect(credit('Ferries sail.', { declaredCanonicalUrl }).declaredOriginal).toBeNull();
  });

  it('is isBasedOn only where it names another site', () => {
    const structured = { ...NO_STRUCTURED_CREDIT, isBasedOn: 'https://www.tribune.example/ferries' };
    expect(credit('Ferries sail.', { structured }).declaredOriginal?.url).toBe('https://www.tribune.example/ferries');
    expect(credit('Ferries sail.', { structured: { ...structured, isBasedOn: URL } }).declaredOriginal).toBeNull();
  });

  it.each([
    [
      'This article was originally published on The Conversation and is republished under a licence.',
      'The Conversation',
      'conversation',
    ],
    ['This story was first published by ProPublica.', 'ProPublica', 'propublica'],
    ['This story originally appeared in the Harbour Tribune.', 'Harbour Tribune', undefined],
    ['Originally published at kffhealthnews.org.', 'kffhealthnews.org', 'kff'],
  ])('reads %s', (sentence, name, id) => {
    const found = credit(`Ferries sail.\n\n${sentence}`);
    expect(found.declaredOriginal).toEqual({ url: null, name });
    expect(found.agency?.id).toBe(id);
  });

  it.each([
    ['It was first published on May 30, 2031.'],
    ['The story first appeared in 2019.'],
    ['This story was originally published on www.post.example.'],
    ['This article first appeared in print.'],
  ])('is not in %s', (sentence) => {
    expect(credit(sentence).declaredOriginal).toBeNull();
  });
});

describe('any text', () => {
  it('never throws, and never lets a photo credit decide', () => {
    const word = fc.constantFrom(
      '(AP)',
      'AP',
      '©',
      '2031',
      'Photo',
      'by',
      'By',
      'Reuters',
      '/',
      '--',
      '—',
      '\n',
      '.',
      'OSLO,',
      'May 30',
      'originally',
      'published',
      'on',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 20 }), fc.option(fc.string()), (words, byline) => {
        const found = credit(words.join(' '), { byline, declaredCanonicalUrl: byline });
        const deciders = found.evidence.filter((sign) => sign.kind !== 'photo-credit').map((sign) => sign.agency?.id);
        if (found.agency !== null) expect(deciders).toContain(found.agency.id);
      }),
      { numRuns: 500 },
    );
  });
});

describe('bylines', () => {
  it.each([
    ['Jane Roe, The Associated Press', 'ap'],
    ['By JOHN DOE Associated Press Writer', 'ap'],
    ['Jane Roe | AP', 'ap'],
    ['By Reuters Staff', 'reuters'],
    ['Von dpa', 'dpa'],
    ['Jane Roe and AFP', 'afp'],
    ['Jane Roe', undefined],
    ['Pa Smith', undefined],
  ])('%s names %s', (byline, id) => {
    expect(agencyOfByline(byline)?.id).toBe(id);
  });

  it('are found above the text and not in it', () => {
    expect(bylineIn('Ferries sail\n\nBy JANE ROE, Associated Press\n\nOSLO (AP) — Text')?.byline).toBe(
      'JANE ROE, Associated Press',
    );
    expect(bylineIn('By Friday, the storm had passed\n\nFerries sail again.')).toBeNull();
    expect(bylineIn('By Friday Evening.')).toBeNull();
  });
});
