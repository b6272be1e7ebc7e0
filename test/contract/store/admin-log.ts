import type { AdminAct, OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';

const act = (subject: string): AdminAct => ({ kind: 'key-created', subject, detail: 'Desk: admin', by: 'Desk' });

export function describeAdminLog(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('what was done is listed, the newest first, page by page', async () => {
    for (const id of ['k1', 'k2', 'k3']) await store().logAct(act(id));
    const first = await store().adminLog({ limit: 2, cursor: null });
    expect(first.entries).toEqual([
      { ...act('k3'), at: expect.stringMatching(/^\d{4}-.*Z$/) },
      { ...act('k2'), at: expect.any(String) },
    ]);
    const last = await store().adminLog({ limit: 2, cursor: first.nextCursor });
    expect(last).toMatchObject({ entries: [{ subject: 'k1' }], nextCursor: null });
    await expect(store().adminLog({ limit: 1, cursor: 'nothing' })).rejects.toThrow();
  });

  it('text that no store holds is kept as far as it can be', async () => {
    await store().logAct({ ...act('k\u0000'), by: '\ud800' });
    expect((await store().adminLog({ limit: 1, cursor: null })).entries).toMatchObject([{ by: '\ufffd' }]);
  });

  it('of more than ten thousand lines the oldest go', async () => {
    await opened().pool.query(
      `insert into admin_log (kind, subject, detail, done_by) select 'key-created', n::text, '', '' from generate_series(1, 10000) as n`,
    );
    await store().logAct(act('newest'));
    const { rows } = await opened().pool.query<{ count: number; first: string }>(
      "select count(*)::integer as count, min(subject::integer) filter (where detail = '')::text as first from admin_log",
    );
    expect(rows).toEqual([{ count: 10_000, first: '2' }]);
  });
}
