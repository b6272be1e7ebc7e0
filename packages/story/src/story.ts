import type { Credit, Published, Source, SpellingClaim } from '@wirefold/article';
import type { Verdict } from '@wirefold/dedup';
import type { ByHand } from './decision.ts';
import type { Spelling } from './spellings.ts';

/** What the choice of a canonical and the count of origins need to know of an article. */
export interface Member {
  articleId: string;
  /** Hash of the article's comparison text: which text it prints. */
  textHash: string;
  url: string | null;
  source: Source;
  published: Published | null;
  credit: Credit;
  /** Number of words of the body that are the site's own. */
  boilerplateWords: number;
  /** What its page says of other URLs of it; null while it waits to be read again, and must not end meanwhile. */
  claims?: SpellingClaim[] | null;
  /** Its page answers that it is not there any more. */
  isGone?: boolean;
}

/** Texts that links make one. */
export interface Group {
  /** Hash of the text that most of the others are linked to. */
  centre: string;
  /** Hashes of all texts of the group, the centre included, sorted. */
  texts: string[];
  /** For each text but the centre a text of the group that it is linked to: the centre, or the nearest of several. */
  holders: Map<string, string>;
}

export type CanonicalReasonCode =
  | 'pinned'
  | 'not-gone'
  | 'declared-original'
  | 'agency-own'
  | 'not-a-declared-copy'
  | 'earliest'
  | 'no-foreign-text'
  | 'only-copy'
  | 'tie';

/** One reason for the choice of the canonical, with the words that a reader is shown. */
export interface CanonicalReason {
  code: CanonicalReasonCode;
  /** For example: `credit line names Associated Press, and the source is Associated Press`. */
  text: string;
}

/** Who wrote the text of a story. */
export interface Origin {
  /** Agency id, or source key. */
  key: string;
  name: string;
  isAgency: boolean;
  /** Why, in words. */
  evidence: string;
}

/** How a mirror compares with the canonical. */
export interface Mirror {
  articleId: string;
  /** `a` is the canonical's text, `b` the mirror's, both without boilerplate. */
  verdict: Verdict;
  /** The link that holds the mirror in the story, where the verdict against the canonical is not one itself. */
  via: { textHash: string; verdict: Verdict } | null;
  /** The decision of a person by which its text and the canonical's are one story; left out where links make them one. */
  byHand?: ByHand;
}

/** A story as the texts make it: without an id, because ids have a history and this has none. */
export interface StoryPlan {
  canonical: string;
  reasons: CanonicalReason[];
  mirrors: Mirror[];
  origins: Origin[];
  /** Distinct source keys. */
  outlets: number;
  /** Hashes of the story's texts, sorted. */
  texts: string[];
}

/** A story as it stands, before a change. */
export interface ExistingStory {
  id: string;
  /** ISO time; the oldest story keeps its id in a merge. */
  createdAt: string;
  canonical: string;
  articleIds: string[];
}

/**
 * What can happen to a story. `merged` stands in the log of both stories, with `from` or with `into`; `removed` names an article that
 * was removed, and `ended` follows where it was the last one; `revised` means that an article says something else than before.
 */
export const STORY_EVENT_KINDS = [
  'created',
  'mirror-joined',
  'mirror-left',
  'revised',
  'canonical-changed',
  'merged',
  'split',
  'spelling-found',
  'gone',
  'returned',
  'removed',
  'ended',
] as const;
export type StoryEventKind = (typeof STORY_EVENT_KINDS)[number];

/** One line of a story's log. */
export interface StoryEvent {
  storyId: string;
  kind: StoryEventKind;
  articleId: string | null;
  detail: Record<string, unknown>;
}

/** What has to change so that the stories are what the texts make them. Stories that stay as they are do not appear in the log. */
export interface StoryChanges {
  stories: { id: string; plan: StoryPlan }[];
  /** Stories whose id now leads to another. */
  merged: { from: string; into: string }[];
  /** Stories whose last article was removed. */
  ended: string[];
  /** Articles that end as other spellings of the URLs of others; no plan holds them. */
  spellings?: Spelling[];
  events: StoryEvent[];
}
