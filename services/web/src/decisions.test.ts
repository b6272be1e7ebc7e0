import type { DecisionRecord, StoryDetail } from '@wirefold/store';
import { describe, expect, test } from 'vitest';
import { renderExplanation } from './explain.ts';
import { render } from './html.ts';
import { renderStory } from './story.ts';
import { CANONICAL, PAIR } from './testing/pairs.ts';
import { HARBOUR_DETAIL } from './testing/samples.ts';
import { wordsOf as text } from './testing/words-of.ts';

describe('a page', () => {
  test('of a story names what people decided, and lets only those correct it who may', () => {
    const { canonical, mirrorList, id } = HARBOUR_DETAIL;
    const named = { storyId: id, mergedIds: [], storyIds: [id], note: 'the agency’s own', by: 'Night desk' };
    const made = { ...named, at: '2026-03-12T08:00:00.000Z', withdrawnBy: null, withdrawnAt: null };
    const decisions: DecisionRecord[] = [
      { ...made, id: 8, kind: 'pin', articleIds: [canonical.articleId] },
      {
        ...made,
        id: 7,
        kind: 'split',
        articleIds: ['a9'],
        storyIds: [id, 's9'],
        withdrawnAt: made.at,
        withdrawnBy: 'Desk',
      },
    ];
    const [first, ...others] = mirrorList as [StoryDetail['mirrorList'][number]];
    const byHand = { decision: 6, at: made.at, by: 'Night desk', note: null };
    const joined = { ...HARBOUR_DETAIL, mirrorList: [{ ...first, match: { ...first.match, byHand } }, ...others] };
    const markup = render(renderStory(joined, CANONICAL, { decisions, mayDecide: true }));
    const shown = text(markup);
    expect(shown).toContain('Joined by a person (Night desk, 12 Mar 2026, 08:00).');
    expect(shown).toMatch(/Pinned to the lead: Associated Press \(Night desk, [^)]*\): “the agency’s own”\.\s*Undo/);
    expect(shown).toMatch(/Set apart: article a9; see the other story [^.]*\. Withdrawn by Desk/);
    expect(markup).toContain(`formaction="/stories/${id}/split"`);
    expect(markup.match(/action="\/decisions\/8\/withdraw"/g)).toHaveLength(2);
    expect(markup).not.toContain('/decisions/7/withdraw');
    const read = render(renderStory(joined, CANONICAL, { decisions, mayDecide: false }));
    expect(read).toContain('Pinned to the lead');
    expect(read).not.toContain('method="post"');
  });

  test('of a story that nobody decided about has no word of it for those who may not', () => {
    expect(render(renderStory(HARBOUR_DETAIL, CANONICAL))).not.toContain('Decided by people');
  });

  test('of an explanation says that people decided otherwise', () => {
    expect(text(render(renderExplanation(PAIR)))).toContain(
      'All the same a person set them apart (Night desk, 12 Mar 2026, 08:00): “another ferry”.',
    );
  });
});
