import { explainPage } from '@wirefold/article';
import { expect, test } from 'vitest';
import { STRUCTURED_PAGE, STRUCTURED_URL } from '../support/structured-page.ts';
import { compare } from './compare.ts';
import { indexPage, sidePage } from './side-page.ts';

test('words that a gold text has more or less are marked and counted', () => {
  expect(compare('the red barge sails', 'the barge sails now')).toEqual({
    runs: [
      { kind: 'common', text: 'the' },
      { kind: 'extra', text: 'red' },
      { kind: 'common', text: 'barge sails' },
      { kind: 'missing', text: 'now' },
    ],
    missing: 1,
    extra: 1,
  });
});

test('kept and dropped blocks stand beside the result, and nothing of the page is markup', () => {
  const html = STRUCTURED_PAGE.replace('The outer isles', '&lt;img src=x onerror=alert(1)&gt; The outer isles');
  const explained = explainPage({ html, url: STRUCTURED_URL, seenAt: '2026-03-10T00:00:00Z' });
  const page = sidePage(explained, STRUCTURED_URL, compare('a', 'b'));
  expect(page).toMatch(/class="kept"><small>0\.\d{3} text<\/small><br>&lt;img src=x onerror=alert\(1\)&gt; The outer/);
  expect(page).toMatch(/class="dropped"><small>0\.\d{3} unlikely navigation<\/small><br>Home Sea/);
  expect(page).toContain('<del>b</del> <ins>a</ins>');
  expect(page).not.toContain('<img');
  const index = indexPage([{ name: '0001.html', title: '<b>', compared: null, state: 'shown' }]);
  expect(index).toContain('<a href="0001.html">&lt;b&gt;</a>');
});
