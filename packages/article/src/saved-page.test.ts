import { describe, expect, test } from 'vitest';
import { savedFrom } from './saved-page.ts';

const PAGE = '<html><head><link rel="canonical" href="https://courier.example/declared"></head><body>Text';

describe('a saved page', () => {
  test('stood where the note of the browser says', () => {
    const note = '<!-- saved from url=(0034)https://courier.example/news?id=1 -->';
    expect(savedFrom(`<!DOCTYPE html>\r\n${note}\r\n${PAGE}`)).toBe('https://courier.example/news?id=1');
  });

  test('stood where SingleFile says', () => {
    const note =
      '<!--\n Page saved with SingleFile \n url: https://courier.example/single \n saved date: Wed Mar 11 2026\n-->';
    expect(savedFrom(`<!DOCTYPE html><html>${note}${PAGE}`)).toBe('https://courier.example/single');
  });

  test('without a note stood where it says itself', () => {
    expect(savedFrom(PAGE)).toBe('https://courier.example/declared');
  });

  test.each([
    ['a file', '<!-- saved from url=(0014)about:internet -->'],
    ['a note far below', `${' '.repeat(5000)}<!-- saved from url=(0034)https://courier.example/news -->`],
    ['a relative address', '<link rel=canonical href="/news">'],
    ['nothing', '<p>Text'],
  ])('of which nothing is known: %s', (_, html) => expect(savedFrom(html)).toBeNull());

  test('is looked at in linear time', () => {
    expect(savedFrom('<!-- saved from url=(1)'.repeat(100_000))).toBeNull();
  });
});
