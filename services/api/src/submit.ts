import type { Events } from '@wirefold/runtime';
import type { Receipt, Store, Submission } from '@wirefold/store';
import type { Accepted, Handover } from './handover.ts';

/** Commits submissions to the ledger, then hands over those that make work. The receipts come in the order of the submissions. */
export type Submit = (submissions: Submission[]) => Promise<Receipt[]>;

export function createSubmit(store: Store, handover: Handover, events: Pick<Events, 'submitted'>): Submit {
  return async (submissions) => {
    const receipts = await store.submit(submissions);
    const pushed = new Set(submissions.flatMap(({ id, pushed }) => (pushed === null ? [] : [id])));
    const accepted = receipts.flatMap((receipt, index): Accepted[] => {
      if (!receipt.isAccepted) return [];
      const isPushed = pushed.has(submissions[index]?.id ?? '');
      return [{ id: receipt.id, stage: receipt.state === 'signed' ? 'cluster' : 'ingest', isPushed }];
    });
    events.submitted({ accepted: accepted.length, known: receipts.length - accepted.length });
    handover.add(accepted);
    return receipts;
  };
}
