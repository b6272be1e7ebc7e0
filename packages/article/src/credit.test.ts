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
  ['Ferries sail.\n\n(APA, 30.5.2031)', 'apa'],
  ['Ferries sail.\n\nroe/dpa', 'dpa'],
  ['Ferries sail.\n\n(AA)', 'anadolu'],
  ['Ferries sail.\n\nKilde: NTB', 'ntb'],
  ['Ferries sail.\n\n来源：新华社', 'xinhua'],
  ['Ferries sail.\n\n출처: 연합뉴스', 'yonhap'],
  ['Ferries sail.\n\nReporting by The Associated Press.', 'ap'],
  ['Ferries sail.\n\nThis report by The Canadian Press was first published May 30, 2031.', 'cp'],
  ['Ferries sail.\n\n(Reporte de Jane Roe; Editado en Español por John Doe)', 'reuters'],
  ['Ferries sail.\n\nProvided by Stacker', 'stacker'],
] as const;

describe('creditOf', () => {
  it('names the agency of the dateline', () => {
    const found = credit('OSLO, May 30 (UPI) -- Ferries sail again.');
    expect(found).toMatchObject({
      agency: { id: 'upi', name: 'United Press International' },
      dateline: { place: 'OSLO', date: 'May 30' },
    });
    expect(found.evidence).toEqual([
      { kind: 'dateline', agency: found.agency, text: 'OSLO, May 30 (UPI) --', where: 'body' },
    ]);
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
    [
      'A chart of ferries.\n\nSource: Reuters\n\nFerries sail again.\n\nThey are new.\n\nThey are fast.\n\nThey are white.',
    ],
    ['The Jane Roe Institute signs a data processing agreement (DPA).'],
    ['Ferries sail.\n\nAGI'],
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

describe('help', () => {
  it.each([
    ['Jane Roe of AFP contributed to this report.', 'afp'],
    ['Associated Press writers Jane Roe and John Doe contributed to this report.', 'ap'],
    ['With files from The Canadian Press', 'cp'],
    ['(With inputs from ANI)', 'ani'],
    ['(mit dpa)', 'dpa'],
    ['Avec AFP', 'afp'],
    ['(Con información de EFE)', 'efe'],
    ['Includes information from The Associated Press', 'ap'],
  ])('is not authorship: %s', (line, id) => {
    const found = credit(`Ferries sail.\n\n${line}`);
    expect(found.agency).toBeNull();
    expect(found.evidence).toMatchObject([{ kind: 'contribution', agency: { id }, where: 'body' }]);
  });

  it('may be named in the byline', () => {
    const found = credit('Ferries sail.', { byline: 'Le Journal avec AFP' });
    expect(found).toMatchObject({ agency: null, evidence: [{ kind: 'contribution', where: 'byline' }] });
  });
});

describe('what stands beside the body', () => {
  it('signs it below the last paragraph, and names the agency above the first', () => {
    const around = { above: [], below: ['© dpa-infocom, dpa:310530-99-123456/2', 'Reuters', 'By AFP'] };
    expect(credit('Ferries sail.', { around })).toMatchObject({
      agency: { id: 'dpa' },
      evidence: [{ kind: 'credit-line', where: 'page' }],
    });
    const above = { above: ['30 May', 'AFP, OSLO'], below: [] };
    expect(credit('Ferries sail.', { around: above })).toMatchObject({ agency: { id: 'afp' } });
    expect(credit('Ferries sail.', { around: above, byline: 'Jane Roe, dpa' }).agency?.id).toBe('dpa');
  });

  it('says that the page keeps itself out of the news, which decides nothing', () => {
    const found = credit('Ferries sail.', { isHiddenFromNews: true });
    expect(found).toMatchObject({ agency: null, evidence: [{ kind: 'hidden-from-news', where: 'head' }] });
  });
});

describe('a sign of two or three letters', () => {
  it.each([
    ['Jane Roe, PA', 'en', undefined],
    ['AA', 'en', undefined],
    ['AA', 'tr', 'anadolu'],
    ['TT', 'sv', 'tt'],
    ['Sid', 'de', undefined],
    ['Associated Press in Oslo', 'en', 'ap'],
  ])('in the byline %s of a page in %s means %s', (byline, language, id) => {
    expect(credit('Ferries sail.', { byline, language }).agency?.id).toBe(id);
  });

  it('ends a caption above the last paragraphs, and signs the text at its end', () => {
    const body = 'A ferry at sea.\n\nA harbour. (AP)\n\nFerries sail.\n\nThey are new.\n\nThey are fast.';
    expect(credit(body)).toMatchObject({ agency: null, evidence: [{ kind: 'photo-credit' }] });
    expect(credit(`${body} (AP)`).agency?.id).toBe('ap');
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
