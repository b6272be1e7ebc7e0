import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { developmentData } from '../../../test/support/shared.ts';
import { articleIdOfText } from './article-id.ts';
import { comparisonText } from './boilerplate.ts';
import { readText } from './read-text.ts';
import { isAgencySource } from './source.ts';

const PAGE = developmentData('data/seed/aggregator-page.txt');
const SEEN_AT = '2025-06-14T20:00:00.000Z';

describe.skipIf(PAGE === null)('the page that the project started from', () => {
  const read = () => {
    const text = readFileSync(PAGE ?? '', 'utf8');
    const page = readText({
      title: null,
      text,
      source: null,
      url: null,
      published: null,
      seenAt: SEEN_AT,
      isCard: false,
    });
    if (!page.ok) throw new Error(page.detail);
    const copies = page.cards.map((card) => {
      const copy = readText({ ...card, seenAt: SEEN_AT, isCard: true });
      if (!copy.ok) throw new Error(copy.detail);
      return copy.article;
    });
    return { page, copies };
  };

  it('holds an article of UPI with a photo credit that does not decide', () => {
    const { article } = read().page;
    expect(article.title).toMatch(/^North Korean aid .* report says$/);
    expect(article.source.name).toBe('United Press International');
    expect(article.credit).toMatchObject({
      agency: { id: 'upi' },
      dateline: { place: 'SEOUL', date: 'May 30' },
      declaredOriginal: null,
    });
    expect(article.credit.evidence.map((sign) => [sign.kind, sign.agency?.id])).toEqual([
      ['dateline', 'upi'],
      ['photo-credit', 'epa'],
    ]);
    expect(article.body).toMatch(/the official acronym for North Korea\.$/);
    expect(article).toMatchObject({ published: null, language: 'en', boilerplate: [] });
  });

  it('holds three copies of a text of AP, with their outlets and uncertain times', () => {
    const { copies } = read();
    const hour = 3_600_000;
    const seen = copies.map(({ source, published }) => [
      source.name,
      (Date.parse(SEEN_AT) - Date.parse(published?.at ?? '')) / hour,
      published?.uncertaintyMs,
    ]);
    expect(seen).toEqual([
      ['Hamilton Spectator', 2, hour],
      ['San Francisco Chronicle', 2, hour],
      ['Associated Press', 3, hour],
    ]);
    const ap = { id: 'ap', name: 'Associated Press' };
    expect(copies.map(({ credit }) => credit.agency)).toEqual([ap, ap, ap]);
    expect(copies.map(({ source }) => isAgencySource(source, ap))).toEqual([false, false, true]);
    expect(new Set(copies.map(({ title }) => title)).size).toBe(1);
  });

  it('has nothing but boilerplate in what the longer copy adds', () => {
    const { copies } = read();
    const compared = copies.map(({ body }) => comparisonText(body));
    expect(new Set(compared.map(({ text }) => text)).size).toBe(1);
    expect(compared.map(({ boilerplateWords }) => boilerplateWords > 0)).toEqual([true, false, false]);
    expect(new Set(copies[0]?.boilerplate.map(({ rule }) => rule))).toEqual(
      new Set(['form-error', 'recaptcha', 'newsletter-pitch']),
    );
  });

  it('gives each article an id of its own', () => {
    const ids = read().page.cards.map((card) => articleIdOfText(card));
    expect(new Set(ids).size).toBe(3);
  });
});
