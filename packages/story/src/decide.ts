import type { SignedText, Verdict } from '@wirefold/dedup';
import { createStandOf, type Decision, isOpposed, renamed } from './decision.ts';
import { planStories } from './plan.ts';
import { reconcile } from './reconcile.ts';
import { eventsOfSpellings, findSpellings, withoutSpellings } from './spellings.ts';
import type { ExistingStory, Member, StoryChanges } from './story.ts';

/** Texts that are linked, directly or not, with the articles that print them and the stories that hold these now. */
interface Component {
  texts: SignedText[];
  members: Member[];
  stories: ExistingStory[];
  /** Those in force that name any of the articles or texts; with every article that a merge among them names. */
  decisions?: Decision[];
}

/** How stories are decided. */
export interface StoryRules {
  judge: (a: SignedText, b: SignedText) => Verdict;
  /** See `isWithinWindow`. */
  windowDays: number;
  newStoryId: () => string;
}

/** What has to change so that the stories of a component are what its texts, its articles and people make them. Pure but for new ids. */
export function decideStories({ judge, windowDays, newStoryId }: StoryRules): (component: Component) => StoryChanges {
  return ({ texts, members, stories, decisions = [] }) => {
    // Not told who prints what: a copy of a text that was set apart does not end in an article of the rest, either.
    const standOf = createStandOf(
      decisions.filter(({ kind }) => kind === 'split'),
      [],
    );
    const isApart = (a: Member, b: Member) => isOpposed(standOf(a), standOf(b));
    const spellings = findSpellings(texts, members, judge, isApart);
    const left = withoutSpellings(members, stories, spellings);
    const into = new Map(spellings.map((spelling) => [spelling.articleId, spelling.into]));
    const plans = planStories(texts, left.members, judge, judge, windowDays, renamed(decisions, into));
    const changes = reconcile(plans, left.stories, newStoryId);
    const found = eventsOfSpellings(spellings, stories, changes.stories);
    return { ...changes, spellings, events: [...changes.events, ...found] };
  };
}
