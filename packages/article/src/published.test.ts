import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePublished, publishedOfDateline } from './published.ts';

const SEEN_AT = '2031-06-14T18:00:00.000Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const INSTANTS = [
  ['2031-05-30T10:15:00Z', '2031-05-30T10:15:00.000Z', 0],
  ['2031-05-30T10:15:00.250+02:00', '2031-05-30T10:15:00.250+02:00', 0],
  ['2031-05-30 10:15 -0430', '2031-05-30T10:15:00.000-04:30', 0],
  ['20310530T101500Z', '2031-05-30T10:15:00.000Z', 0],
  ['Fri, 30 May 2031 10:15:00 GMT', '2031-05-30T10:15:00.000Z', 0],
  ['Fri, 30 May 2031 10:15:00 +0200', '2031-05-30T10:15:00.000+02:00', 0],
  ['Fri May 30 2031 10:15:00 GMT+0200 (CEST)', '2031-05-30T10:15:00.000+02:00', 0],
  ['1937902500', '2031-05-30T10:15:00.000Z', 0],
  ['1937902500000', '2031-05-30T10:15:00.000Z', 0],
  ['Published May 30, 2031 at 10:15 p.m. EDT', '2031-05-30T22:15:00.000-04:00', 0],
  ['12:05 AM PST, Fri May 30, 2031', '2031-05-30T00:05:00.000-08:00', 0],
  ['10:15 a.m. ET May 30, 2031', '2031-05-30T14:45:00.000Z', HOUR / 2],
] as const;

const DAYS = [
  ['2031-05-30'],
  ['20310530'],
  ['May 30, 2031'],
  ['Fri., May 30th 2031'],
  ['30th of May, 2031'],
  ['30. Mai 2031'],
  ['Veröffentlicht am 30.05.2031'],
  ['30 mai 2031'],
  ['30 de mayo de 2031'],
  ['30 maggio 2031'],
  ['30 de maio de 2031'],
  ['30 mei 2031'],
  ['30 maja 2031'],
  ['30 мая 2031 г.'],
  ['30/05/2031'],
  ['5/30/2031'],
  ['2031年5月30日'],
  ['2031년 5월 30일'],
] as const;

const AGES = [
  ['2 hours ago', 2 * HOUR, HOUR],
  ['about 3 hrs ago', 3 * HOUR, HOUR],
  ['an hour ago', HOUR, HOUR],
  ['Updated 15 minutes ago', 15 * MINUTE, MINUTE],
  ['2h', 2 * HOUR, HOUR],
  ['3d ago', 3 * DAY, DAY],
  ['a week ago', 7 * DAY, 7 * DAY],
  ['yesterday', DAY, DAY],
  ['Today', DAY / 2, DAY],
  ['just now', 0, MINUTE],
  ['vor 2 Stunden', 2 * HOUR, HOUR],
  ['vor einer Stunde', HOUR, HOUR],
  ['gestern', DAY, DAY],
  ['il y a 2 heures', 2 * HOUR, HOUR],
  ['il y a une heure', HOUR, HOUR],
  ['hace 2 horas', 2 * HOUR, HOUR],
  ['un’ora fa', HOUR, HOUR],
  ['há 2 horas', 2 * HOUR, HOUR],
  ['2 uur geleden', 2 * HOUR, HOUR],
  ['för 2 timmar sedan', 2 * HOUR, HOUR],
  ['2 часа назад', 2 * HOUR, HOUR],
  ['2 saat önce', 2 * HOUR, HOUR],
  ['2時間前', 2 * HOUR, HOUR],
  ['2小时前', 2 * HOUR, HOUR],
  ['2시간 전', 2 * HOUR, HOUR],
  ['قبل ساعتين', 2 * HOUR, HOUR],
  ['منذ 3 ساعات', 3 * HOUR, HOUR],
  ['2 घंटे पहले', 2 * HOUR, HOUR],
  ['πριν από 2 ώρες', 2 * HOUR, HOUR],
  ['2 tuntia sitten', 2 * HOUR, HOUR],
  ['před 2 hodinami', 2 * HOUR, HOUR],
  ['2 giờ trước', 2 * HOUR, HOUR],
  ['۲ ساعت پیش', 2 * HOUR, HOUR],
] as const;

const REFUSED = [
  [''],
  ['soon'],
  ['2 hours'],
  ['May 2031'],
  ['05/06/2031'],
  ['2031-02-30'],
  ['31.06.2030'],
  ['0001-01-01T00:00:00Z'],
  ['1970-01-01T00:00:00Z'],
  ['0'],
  ['1700-01-01'],
  ['2031-06-17'],
  ['2099-01-01T00:00:00Z'],
  [`The house was built on May 30, 2031${', and sold'.repeat(20)}`],
] as const;

describe('parsePublished', () => {
  it.each(INSTANTS)('%s is an instant', (text, at, uncertaintyMs) => {
    expect(parsePublished(text, SEEN_AT)).toEqual({ at, uncertaintyMs, evidence: text });
  });

  it.each(DAYS)('%s is a day, taken as its noon', (text) => {
    expect(parsePublished(text, SEEN_AT)).toMatchObject({ at: '2031-05-30T12:00:00.000Z', uncertaintyMs: DAY });
  });

  it('gives a time without a zone a day of uncertainty', () => {
    for (const text of [
      '2031-05-30T10:15',
      'May 30, 2031 10:15 AM',
      '30. Mai 2031, 10.15 Uhr',
      '30 mai 2031 à 10h15',
    ]) {
      expect(parsePublished(text, SEEN_AT)).toMatchObject({ at: '2031-05-30T10:15:00.000Z', uncertaintyMs: DAY });
    }
  });

  it.each(AGES)('%s is counted back from when the page was seen', (text, ageMs, uncertaintyMs) => {
    const at = new Date(Date.parse(SEEN_AT) - ageMs).toISOString();
    expect(parsePublished(text, SEEN_AT)).toEqual({ at, uncertaintyMs, evidence: text });
  });

  it.each(REFUSED)('refuses %s', (text) => {
    expect(parsePublished(text, SEEN_AT)).toBeNull();
  });

  it('accepts a date at most two days ahead', () => {
    expect(parsePublished('2031-06-16T17:00:00Z', SEEN_AT)).not.toBeNull();
    expect(parsePublished('2031-06-16T19:00:00Z', SEEN_AT)).toBeNull();
  });

  it('reads back every instant that it writes', () => {
    const instant = fc.date({ min: new Date('1900-01-01'), max: new Date(SEEN_AT), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (date) => {
        fc.pre(Math.floor(date.getTime() / 1000) !== 0);
        expect(parsePublished(date.toISOString(), SEEN_AT)?.at).toBe(date.toISOString());
        expect(Date.parse(parsePublished(date.toUTCString(), SEEN_AT)?.at ?? '')).toBe(
          Math.floor(date.getTime() / 1000) * 1000,
        );
      }),
    );
  });

  it('never throws, and gives valid instants only', () => {
    const label = fc.array(
      fc.constantFrom('May', '30', '2031', '10:15', 'a.m.', 'ago', 'hours', '+99', '99', 'Z', ' ', '-', '年', ':'),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          label.map((words) => words.join(' ')),
        ),
        fc.oneof(fc.constant(SEEN_AT), fc.string()),
        (text, seenAt) => {
          const found = parsePublished(text, seenAt);
          if (found !== null) expect(new Date(found.at).toISOString()).toBe(found.at);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('publishedOfDateline', () => {
  it('takes a date without a year for the latest one, within a week', () => {
    expect(publishedOfDateline('June 12', SEEN_AT)).toEqual({
      at: '2031-06-12T12:00:00.000Z',
      uncertaintyMs: DAY,
      evidence: 'June 12',
    });
    expect(publishedOfDateline('Dec. 31', '2031-01-02T00:00:00Z')?.at).toBe('2030-12-31T12:00:00.000Z');
    expect(publishedOfDateline('Jan. 1', '2030-12-31T20:00:00Z')?.at).toBe('2031-01-01T12:00:00.000Z');
  });

  it('guesses no year for an older text', () => {
    expect(publishedOfDateline('May 30', SEEN_AT)).toBeNull();
    expect(publishedOfDateline('June 20', SEEN_AT)).toBeNull();
    expect(publishedOfDateline(null, SEEN_AT)).toBeNull();
  });

  it('believes a year that is written', () => {
    expect(publishedOfDateline('March 5, 1987', SEEN_AT)?.at).toBe('1987-03-05T12:00:00.000Z');
  });
});
