import type { Store } from '@wirefold/store';
import { EVENT, relatedStories } from '@wirefold/story';
import type { RelatedStory } from '@wirefold/web';

/** The other stories of the event of a story, after redirects; null for one that is unknown or has ended. */
export type Related = (
  storyId: string,
) => Promise<{ id: string; redirectedFrom: string | null; related: RelatedStory[] } | null>;

const BOUNDS = {
  days: EVENT.days,
  holdersMax: EVENT.rareStoriesMax + 1,
  countedMax: EVENT.countedMax,
  candidatesMax: EVENT.candidatesMax,
};

export function createRelated(store: Pick<Store, 'namedAlike'>): Related {
  return async (storyId) => {
    const answer = await store.namedAlike(storyId, BOUNDS);
    if (answer === null) return null;
    const { asked, others, redirectedFrom } = answer;
    const summaries = new Map(others.map(({ id, summary }) => [id, summary]));
    const related = relatedStories(asked, others).flatMap(({ id, ...why }): RelatedStory[] => {
      const story = summaries.get(id);
      return story === undefined ? [] : [{ story, ...why }];
    });
    return { id: asked.id, redirectedFrom, related };
  };
}
