import { expect, test } from 'vitest';
import { NOBODY } from './decisions.ts';
import { render } from './html.ts';
import { renderStory } from './story.ts';
import { CANONICAL } from './testing/pairs.ts';
import { HARBOUR, HARBOUR_DETAIL } from './testing/samples.ts';
import { wordsOf } from './testing/words-of.ts';

test('other stories of an event stand below the copies, with what both name', () => {
  const names = ['Keldmouth', 'Orla Finch', 'Isle of Brand', 'Skua', 'Tern Bank', 'Ardle', 'Morven'];
  const related = [{ story: { ...HARBOUR, id: 's9', title: 'Ferries stay in' }, names, heads: 3, agreement: 0.6 }];
  const page = render(renderStory(HARBOUR_DETAIL, CANONICAL, NOBODY, related));
  expect(wordsOf(page)).toMatch(
    /1 origin, 6 mirrors[\s\S]*Other stories of this event[\s\S]*Ferries stay in\s*Both name Keldmouth, Orla Finch, Isle of Brand, Skua, Tern Bank, Ardle, and 1 more[\s\S]*Log/,
  );
  expect(page).toContain('<a href="/stories/s9">Ferries stay in</a>');
});

test('a story without others of its event says nothing of them', () => {
  expect(render(renderStory(HARBOUR_DETAIL, CANONICAL, NOBODY, []))).not.toContain('this event');
});
