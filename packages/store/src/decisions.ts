import type { Decision, DecisionKind, StoryChanges } from '@wirefold/story';
import type { Component } from './store.ts';

/** What somebody says of a decision. Longer: the API refuses it, and a form takes no more. */
export const NOTE_CHARS_MAX = 500;

/** A decision of a person, in force or withdrawn. */
export interface DecisionRecord {
  id: number;
  kind: DecisionKind;
  /** The story that it was made on, by the id that it had then. */
  storyId: string;
  /** The stories that a merge made one with it, by the ids that they had then. */
  mergedIds: string[];
  /** The articles that a split set apart, or the one that a pin is about; none of a merge. */
  articleIds: string[];
  /** The live stories that hold what it names now. */
  storyIds: string[];
  note: string | null;
  /** Name of the key that it was made with; null where none was asked for. */
  by: string | null;
  /** ISO time. */
  at: string;
  withdrawnBy: string | null;
  /** ISO time; null while it is in force. */
  withdrawnAt: string | null;
}

interface Asked {
  storyId: string;
  note: string | null;
  by: string | null;
}

/** What a decision is about. */
export type DecisionAbout =
  | { kind: 'split'; articleIds: string[] }
  | { kind: 'merge'; mergedIds: string[] }
  | { kind: 'pin'; articleIds: [string] };

/** What somebody wants decided. Ids that lead to other stories or articles are followed. */
export type NewDecision = Asked & DecisionAbout;

/** Why nothing was decided. */
export type DecisionProblem =
  | { problem: 'no-story'; storyId: string }
  /** The story lost its last article, at this ISO time. */
  | { problem: 'ended'; storyId: string; endedAt: string }
  | { problem: 'not-in-story'; articleIds: string[] }
  /** A split of all articles of a story leaves nothing to set them apart from. */
  | { problem: 'whole-story' }
  /** A merge of a story with itself. */
  | { problem: 'one-story' }
  | { problem: 'contradicts'; decision: DecisionRecord };

/** `isNew` is false where the same was decided before, and is in force: then nothing was done. */
export interface Decided {
  decision: DecisionRecord;
  isNew: boolean;
  changes: StoryChanges;
}

export type DecisionOutcome = ({ ok: true } & Decided) | ({ ok: false } & DecisionProblem);

/** Decisions of people about stories. Part of the store. */
export interface DecisionStore {
  /** Keeps a decision, and places the articles that it touches again by the pure `decide`, in one transaction. */
  decideByHand(asked: NewDecision, decide: (component: Component) => StoryChanges): Promise<DecisionOutcome>;
  /**
   * Takes a decision back, and places its articles again. `isNew` is false where that was done before.
   * @returns null where there is no such decision
   */
  withdrawDecision(
    id: number,
    by: string | null,
    decide: (component: Component) => StoryChanges,
  ): Promise<Decided | null>;
  /** The decisions in force that hold two articles apart, or make them one story; oldest first. */
  decisionsBetween(a: string, b: string): Promise<Decision[]>;
  /** Decisions that were made on a live story or name an article of it, newest first, at most 200. */
  decisionsOf(storyId: string): Promise<DecisionRecord[]>;
}
