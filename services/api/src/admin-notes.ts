import type { AdminAct, Store } from '@wirefold/store';
import type { Request } from 'express';
import { type Access, callerName } from './access/access.ts';

/** Writes down what the caller of a request did, after it was done and before it is answered. */
export type NoteAct = (request: Request, act: Omit<AdminAct, 'by'>) => Promise<void>;

export function createNoteAct(store: Pick<Store, 'logAct'>, access: Pick<Access, 'callerOf'>): NoteAct {
  return async (request, act) => {
    await store.logAct({ ...act, by: (await callerName(access, request)) ?? 'somebody without a key' });
  };
}
