export {
  type ChangeCount,
  type ChangeNature,
  type CopyChanges,
  type CopyOperation,
  copyChanges,
  type PrintedCopy,
} from './copy-changes.ts';
export { decideStories, type StoryRules } from './decide.ts';
export {
  type ByHand,
  contradictionOf,
  createStandOf,
  type Decision,
  type DecisionKind,
  type DecisionSide,
  eventsByHand,
  isOpposed,
} from './decision.ts';
export { type AskedStory, EVENT, type NamedStory, type Relation, relatedStories } from './event.ts';
export { type FurnitureExample, type LearnedSource, learnSource } from './learn-source.ts';
export { type NameWord, namesIn } from './names.ts';
export { type Link, partition } from './partition.ts';
export { planStories } from './plan.ts';
export { rememberVerdicts } from './remember.ts';
export { isSignedAlike, type SignableBody, type SignedBody, signBody } from './sign-body.ts';
export { findSpellings, type Spelling, withoutSpellings } from './spellings.ts';
export type {
  CanonicalReason,
  CanonicalReasonCode,
  ExistingStory,
  Group,
  Member,
  Mirror,
  Origin,
  StoryChanges,
  StoryEvent,
  StoryEventKind,
  StoryPlan,
} from './story.ts';
export { STORY_EVENT_KINDS } from './story.ts';
export { isWithinWindow, publishedDay, type Span } from './window.ts';
export { type WordOperation, wordDiff } from './word-diff.ts';
