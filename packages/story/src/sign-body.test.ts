import { learnFurniture, NO_FURNITURE } from '@wirefold/dedup';
import { describe, expect, it } from 'vitest';
import { learnSource } from './learn-source.ts';
import { isSignedAlike, signBody } from './sign-body.ts';
import { words } from './testing/members.ts';

const FOOTER = `Written above the bakery by ${words('footer', 24)} for everybody in the valley.`;
const article = (name: string) => ({ title: `About ${name}`, body: `${words(name, 40)}\n\n${FOOTER}` });
const SAMPLE = ['quay', 'lamp', 'drum', 'soup', 'kiln'].map(article);
const FURNITURE = learnFurniture(SAMPLE);

describe('signBody', () => {
  it('leaves out what the source repeats, and says where that stands', () => {
    const { body } = article('new');
    const { text, boilerplate, boilerplateWords } = signBody({ body, boilerplate: [] }, FURNITURE);
    expect(text.hash).toBe(signBody({ body: words('new', 40), boilerplate: [] }, NO_FURNITURE).text.hash);
    expect(boilerplate).toEqual([{ start: body.indexOf(FOOTER), end: body.length, rule: 'learned' }]);
    expect(boilerplateWords).toBeGreaterThan(24);
  });

  it('gives the same when it is done again, with this furniture or with another', () => {
    const { body } = article('new');
    const found = [{ start: body.indexOf('above'), end: body.indexOf('bakery'), rule: 'found' }];
    const once = signBody({ body, boilerplate: found }, FURNITURE);
    expect(signBody({ body, boilerplate: once.boilerplate }, FURNITURE)).toEqual(once);
    expect(signBody({ body, boilerplate: once.boilerplate }, NO_FURNITURE).boilerplate).toEqual(found);
  });

  it('keeps spans that rules found whole, and learned ones beside them', () => {
    const { body } = article('new');
    const found = [{ start: body.indexOf('above'), end: body.indexOf('bakery'), rule: 'found' }];
    const { boilerplate } = signBody({ body, boilerplate: found }, FURNITURE);
    expect(boilerplate.map(({ rule }) => rule)).toEqual(['learned', 'found', 'learned']);
    for (const [at, span] of boilerplate.entries())
      if (at > 0) expect(span.start).toBeGreaterThanOrEqual(boilerplate[at - 1]?.end ?? 0);
  });
});

describe('isSignedAlike', () => {
  const { body } = article('new');
  const spans = (...rules: string[]) => rules.map((rule, at) => ({ start: at * 10, end: at * 10 + 5, rule }));

  it('asks for the same words, and the same of them found to be the site’s; what was learned does not count', () => {
    const known = { body, boilerplate: spans('found', 'learned') };
    expect(isSignedAlike({ body, boilerplate: spans('found') }, known)).toBe(true);
    expect(isSignedAlike({ body, boilerplate: spans('other') }, known)).toBe(false);
    expect(isSignedAlike({ body, boilerplate: spans('found', 'found') }, known)).toBe(false);
    expect(isSignedAlike({ body: `${body}.`, boilerplate: spans('found') }, known)).toBe(false);
  });
});

describe('learnSource', () => {
  it('shows passages as they are written, with how many articles hold them, in whatever order these come', () => {
    const { examples, furniture } = learnSource('quay.example', SAMPLE);
    expect(examples).toEqual([{ text: FOOTER, articles: 5 }]);
    expect(furniture.articles).toBe(5);
    expect(learnSource('quay.example', SAMPLE.toReversed())).toEqual({ examples, furniture });
  });

  it('learns nothing of articles whose source is not known', () => {
    expect(learnSource('unknown', SAMPLE)).toMatchObject({ furniture: { articles: 0 }, examples: [] });
  });

  it('learns nothing of a single article', () => {
    expect(learnSource('quay.example', [article('quay')]).examples).toEqual([]);
  });
});
