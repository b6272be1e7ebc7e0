import type { AdminAct, AdminLogEntry, AdminLogStore } from '../admin-log.ts';
import { decodeChangeCursor, encodeChangeCursor } from '../cursor.ts';
import { storable } from '../encoding.ts';
import { type Runner, rowsOf } from '../transaction.ts';

/** Lines that are kept: years of a desk's work. */
const ADMIN_LINES_KEPT_MAX = 10_000;
/** Lines of one page, whatever is asked for. */
const PAGE_LINES_MAX = 500;

const ADD = {
  name: 'admin_log_add',
  text: `
    with added as (insert into admin_log (kind, subject, detail, done_by) values ($1, $2, $3, $4) returning id)
    delete from admin_log using added where admin_log.id <= added.id - ${ADMIN_LINES_KEPT_MAX}`,
};

const PAGE = {
  name: 'admin_log_page',
  text: `
    select id, at, kind, subject, detail, done_by from admin_log
    where id < coalesce($1::bigint, 9223372036854775807) order by id desc limit $2`,
};

export async function logAct(runner: Runner, { kind, subject, detail, by }: AdminAct): Promise<void> {
  await rowsOf(runner, ADD, [kind, storable(subject), storable(detail), storable(by)]);
}

interface Row extends Record<string, unknown> {
  id: string;
  at: Date;
  kind: AdminLogEntry['kind'];
  subject: string;
  detail: string;
  done_by: string;
}

/** Throws `BadCursor`. */
export async function adminLog(
  runner: Runner,
  { limit, cursor }: Parameters<AdminLogStore['adminLog']>[0],
): ReturnType<AdminLogStore['adminLog']> {
  const most = Math.max(1, Math.min(PAGE_LINES_MAX, Math.trunc(limit)));
  const before = cursor === null ? null : decodeChangeCursor(cursor);
  const rows = await rowsOf<Row>(runner, PAGE, [before, most + 1]);
  const last = rows.length > most ? rows[most - 1] : undefined;
  return {
    entries: rows.slice(0, most).map(({ at, kind, subject, detail, done_by }) => ({
      at: at.toISOString(),
      kind,
      subject,
      detail,
      by: done_by,
    })),
    nextCursor: last === undefined ? null : encodeChangeCursor(last.id),
  };
}
