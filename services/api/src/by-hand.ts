import { judge } from '@wirefold/dedup';
import type { Events } from '@wirefold/runtime';
import { type Decided, type DecisionOutcome, type NewDecision, newStoryId, type Store } from '@wirefold/store';
import { decideStories, rememberVerdicts } from '@wirefold/story';
import type { PagesOptions } from '@wirefold/web';
import type { Access } from './access/access.ts';

/** What people decide about stories. */
export interface ByHand {
  decide(asked: NewDecision): Promise<DecisionOutcome>;
  /** Null where there is no such decision. */
  withdraw(id: number, by: string | null): Promise<Decided | null>;
}

/** Verdicts remembered between two tries and two decisions: those of some large stories. */
const VERDICTS_REMEMBERED_MAX = 20_000;

/** The stories that a decision touches are placed again by the rules of cluster, in the transaction that keeps it. */
export function createByHand(store: Store, events: Pick<Events, 'decided'>, windowDays: number): ByHand {
  const place = decideStories({ judge: rememberVerdicts(judge, VERDICTS_REMEMBERED_MAX), windowDays, newStoryId });
  const tell = ({ decision, isNew, changes }: Decided, isWithdrawn: boolean) => {
    if (isNew) events.decided({ decision: decision.id, kind: decision.kind, isWithdrawn, changes });
  };
  return {
    async decide(asked) {
      const outcome = await store.decideByHand(asked, place);
      if (outcome.ok) tell(outcome, false);
      return outcome;
    },
    async withdraw(id, by) {
      const undone = await store.withdrawDecision(id, by, place);
      if (undone !== null) tell(undone, true);
      return undone;
    },
  };
}

/** The same for the forms of the pages: who may decide, and under which name. */
export function pagesByHand(byHand: ByHand, access: Access): PagesOptions['byHand'] {
  return {
    ...byHand,
    mayDecide: async (request) => (await access.callerOf(request)).allowed.includes('admin'),
    nameOf: async (request) => (await access.callerOf(request)).key?.name ?? null,
  };
}
