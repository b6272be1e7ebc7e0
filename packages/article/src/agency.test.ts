import { describe, expect, it } from 'vitest';
import { AGENCIES } from './agencies.ts';
import { agencyNamedIn, agencyOfList, agencyOfName, agencyOfSign, agencyOfUrl } from './agency.ts';

const KINDS = ['wire', 'group', 'reuse', 'broadcaster', 'press-release', 'photo'];

describe('the agencies of the world', () => {
  it('have one entry for each id, sign, name and domain', () => {
    const ids = AGENCIES.map((entry) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const entry of AGENCIES) {
      for (const word of [entry.name, ...entry.aliases, ...entry.codes])
        expect(agencyOfName(word)?.id, word).toBe(entry.id);
      for (const domain of entry.domains) expect(agencyOfUrl(`https://www.${domain}/a`)?.id, domain).toBe(entry.id);
    }
  });

  it('say what they are, in which languages they write, and where that can be read', () => {
    for (const { id, kind, languages, source } of AGENCIES) {
      expect(id).toMatch(/^[a-z0-9-]+$/);
      expect(KINDS, id).toContain(kind);
      expect(languages.length, id).toBeGreaterThan(0);
      for (const language of languages) expect(language, id).toMatch(/^[a-z]{2}$/);
      expect(source, id).toMatch(/^https:\/\/[^\s]+$/);
    }
    expect(AGENCIES.filter(({ kind }) => kind === 'wire').length).toBeGreaterThan(100);
  });

  it('have no sign twice, be it sure or weak, but where two countries share one', () => {
    const signs = AGENCIES.flatMap(({ codes, weakCodes }) => [...codes, ...weakCodes]);
    expect(signs.filter((sign, i) => signs.indexOf(sign) !== i)).toEqual([]);
    for (const { id, codes, weakCodes } of AGENCIES)
      expect(
        codes.filter((code) => weakCodes.includes(code)),
        id,
      ).toEqual([]);
  });
});

describe('a sign', () => {
  it.each(['AA', 'PA', 'MAP', 'Petra', 'TT', 'RSS', 'UNI', 'AGI', 'STA'])(
    '%s is no name of an agency by itself',
    (sign) => {
      expect(agencyOfName(sign)).toBeNull();
      expect(agencyOfSign(sign)).not.toBeNull();
    },
  );

  it.each(['Sid', 'ap', 'Ani', 'hina', 'Grand', '19th', 'Floodlight'])('%s is none at all', (word) => {
    expect(agencyOfSign(word)).toBeNull();
  });

  it('counts in a list of several, the first known one', () => {
    expect(agencyOfList('mer/dpa')?.id).toBe('dpa');
    expect(agencyOfList('AFP=時事')?.id).toBe('afp');
    expect(agencyOfList('Jane Roe and John Doe')).toBeNull();
  });

  it('is part of a longer name where there is one', () => {
    expect(agencyNamedIn('the Australian Associated Press reports')?.id).toBe('aap');
    expect(agencyNamedIn('Associated Press of Pakistan')?.id).toBe('app-pakistan');
  });
});
