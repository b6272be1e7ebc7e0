export type { Link } from './partition.ts';
export { planStories } from './plan.ts';
export { reconcile } from './reconcile.ts';
export { rememberVerdicts } from './remember.ts';
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
