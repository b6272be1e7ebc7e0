import { expect, test } from 'vitest';
import { renderFeeds } from './feed-list.ts';
import { render } from './html.ts';
import { FEED } from './testing/service-samples.ts';

const page = (...feeds: (typeof FEED)[]) => render(renderFeeds({ feeds, nextCursor: null }, null));

test('a feed is listed with what it is, how its last poll ended, and when the next one is', () => {
  const shown = page(FEED);
  expect(shown).toContain('>Keldmouth Gazette</a>');
  expect(shown).toContain('RSS, keldmouth-gazette.example');
  expect(shown).toContain('Brought something new, <time');
  expect(shown).toContain('every 10 min');
  expect(shown).toContain('3,310 new so far');
});

test('a feed that fails says why in words, and how often in a row', () => {
  const failed = { ...FEED, result: 'failed' as const, reason: 'feed-unreadable', detail: 'Comment is not closed.' };
  const shown = page({ ...failed, failuresInARow: 3 });
  expect(shown).toContain('3 times in a row');
  expect(shown).toContain('The feed is broken, or reading it took too long. <span class="rule">feed-unreadable</span>');
  expect(shown).toContain('Comment is not closed.');
});

test('only what can be done is offered', () => {
  const actionsOf = (shown: string) => [...shown.matchAll(/name="do" value="(\w+)"/g)].map(([, action]) => action);
  expect(actionsOf(page(FEED))).toEqual(['poll', 'pause', 'remove']);
  expect(actionsOf(page({ ...FEED, state: 'paused', nextPollAt: null }))).toEqual(['resume', 'remove']);
});

test('a feed that was never polled, and a list without feeds, say so', () => {
  expect(page({ ...FEED, result: null, polledAt: null, kind: null })).toContain('Not read yet');
  expect(page()).toContain('No feed is subscribed.');
});

test('the list is turned page by page', () => {
  const shown = render(renderFeeds({ feeds: [FEED], nextCursor: 'c2' }, 'c1'));
  expect(shown).toContain('href="/feeds?cursor=c2"');
  expect(shown).toContain('href="/v1/feeds?cursor=c1"');
});
