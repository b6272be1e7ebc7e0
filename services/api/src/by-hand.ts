import type { Events } from '@wirefold/runtime';
import type { Decided, DecisionOutcome, NewDecision, Store } from '@wirefold/store';
import type { PagesOptions } from '@wirefold/web';
import { type Access, callerName } from './access/access.ts';
import type { Place } from './place.ts';

/** What people decide about stories. */
export interface ByHand {
  decide(asked: NewDecision): Promise<DecisionOutcome>;
  /** Null where there is no such decision. */
  withdraw(id: number, by: string | null): Promise<Decided | null>;
}

/** The stories that a decision touches are placed again by the rules of cluster, in the transaction that keeps it. */
export function createByHand(store: Store, events: Pick<Events, 'decided'>, place: Place): ByHand {
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
    nameOf: (request) => callerName(access, request),
  };
}
