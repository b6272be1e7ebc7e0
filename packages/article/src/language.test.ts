import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

const ENGLISH =
  'The council of the harbour town voted on Tuesday to rebuild the pier that a storm had broken in two places last winter. ';
const GERMAN =
  'Der Rat der Hafenstadt hat am Dienstag beschlossen, die Mole wieder aufzubauen, die ein Sturm im Winter zerbrochen hat. ';

test('the text decides where nothing is declared', () => {
  expect(languageOf(ENGLISH)).toBe('en');
  expect(languageOf(GERMAN)).toBe('de');
});

test('a long text is believed against a template’s declaration', () => {
  expect(languageOf(GERMAN.repeat(3), ['en-US'])).toBe('de');
});

test('a short text does not overrule the declaration, and is null without one', () => {
  expect(languageOf('Sturm bricht Mole', ['de_AT'])).toBe('de');
  expect(languageOf('Sturm bricht Mole')).toBeNull();
});

test('a language that the detector does not know stays as declared', () => {
  expect(
    languageOf(
      'An comhairle vótáil Dé Máirt chun an ché a atógáil, a bhris stoirm an geimhreadh seo caite. '.repeat(4),
      ['ga'],
    ),
  ).toBe('ga');
});

test('an unreadable declaration is none', () => {
  expect(languageOf(ENGLISH, ['', null, 'english'])).toBe('en');
});
