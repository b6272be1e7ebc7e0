import { judge } from '@wirefold/dedup';
import { type Component, newStoryId } from '@wirefold/store';
import { decideStories, rememberVerdicts, type StoryChanges } from '@wirefold/story';

/** Places the articles of a component again, by the rules of cluster. */
export type Place = (component: Component) => StoryChanges;

/** Verdicts remembered between two tries, two removals and two decisions: those of some large stories. */
const VERDICTS_REMEMBERED_MAX = 20_000;

export function createPlace(windowDays: number): Place {
  return decideStories({ judge: rememberVerdicts(judge, VERDICTS_REMEMBERED_MAX), windowDays, newStoryId });
}
