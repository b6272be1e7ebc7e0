import { expect, test } from 'vitest';
import {
  agencyLabel,
  count,
  directionOf,
  formatDuration,
  formatRatio,
  formatShare,
  languageName,
  outsideLink,
  publishedElement,
  timeElement,
} from './format.ts';
import { render } from './html.ts';

const words = (markup: string) => markup.replace(/<[^>]*>/g, '');

test('a figure is cut and never rounded up to the whole', () => {
  expect([0, 0.655_4, 0.999_9, 1].map(formatRatio)).toEqual(['0.000', '0.655', '0.999', '1.000']);
  expect([0, 0.655_4, 0.999_9, 1].map(formatShare)).toEqual(['0.0 %', '65.5 %', '99.9 %', '100 %']);
});

test('one is one and many are many', () => {
  expect([count(1, 'copy', 'copies'), count(12_345, 'copy', 'copies')]).toEqual(['1 copy', '12,345 copies']);
});

test('a length of time has one unit or two', () => {
  const minute = 60_000;
  expect(
    [-5, 999, 59_999, 12 * minute, 60 * minute, 200 * minute, 1440 * minute, 4000 * minute].map(formatDuration),
  ).toEqual(['0 s', '0 s', '59 s', '12 min', '1 h', '3 h 20 min', '1 day', '2 days']);
});

test('a stated time stands as it is, in UTC', () => {
  const stated = { at: '2026-03-11T23:59:00+02:00', uncertaintyMs: 0, evidence: 'x' };
  expect(render(publishedElement(stated))).toBe('<time datetime="2026-03-11T21:59:00.000Z">11 Mar 2026, 21:59</time>');
});

test('an uncertain time is marked, says why, and shows no hour that nobody knows', () => {
  const hourly = render(
    publishedElement({ at: '2026-03-11T07:00:00Z', uncertaintyMs: 3_600_000, evidence: '2 hours ago' }),
  );
  expect(words(hourly)).toBe('~about 11 Mar 2026, 07:00');
  expect(hourly).toContain('title="It says “2 hours ago”: up to 1 h off"');
  const daily = render(
    publishedElement({ at: '2026-03-11T12:00:00Z', uncertaintyMs: 43_200_000, evidence: 'March 11' }),
  );
  expect(words(daily)).toBe('~about 11 Mar 2026');
});

test('a time that is none is said to be unknown', () => {
  expect(words(render(publishedElement(null)))).toBe('time unknown');
  expect(words(render(publishedElement({ at: 'soon', uncertaintyMs: 0, evidence: 'soon' })))).toBe('time unknown');
  expect(words(render(timeElement('<soon>')))).toBe('&lt;soon&gt;');
});

test('an agency is called by the name that readers know', () => {
  const origin = (key: string, name: string, isAgency = true) => ({ key, name, isAgency, evidence: '' });
  expect(agencyLabel([origin('x', 'X', false), origin('ap', 'Associated Press')])).toBe('AP');
  expect(agencyLabel([origin('reuters', 'Reuters')])).toBe('Reuters');
  const two = [origin('ap', 'Associated Press'), origin('reuters', 'Reuters')];
  expect(agencyLabel(two)).toBe('AP and Reuters');
  expect(agencyLabel([...two, origin('afp', 'Agence France-Presse')])).toBe('3 agencies');
  expect(agencyLabel([origin('x.example', 'X', false)])).toBeNull();
});

test('a language has a name and a direction, and an unknown one neither', () => {
  expect(['en', 'ar', 'he', 'ja', 'tlh', '<b>', null].map(directionOf)).toEqual([
    'ltr',
    'rtl',
    'rtl',
    'ltr',
    'ltr',
    'auto',
    'auto',
  ]);
  expect(['de', 'zz', '<b>'].map(languageName)).toEqual(['German', 'zz', '<b>']);
});

test('a link to another site gives that site nothing, and a strange one is no link', () => {
  expect(render(outsideLink('https://example.com/a', '<x>'))).toBe(
    '<a href="https://example.com/a" rel="noopener nofollow">&lt;x&gt;</a>',
  );
  expect(render(outsideLink('javascript:alert(1)', 'x'))).toBe('x');
});
