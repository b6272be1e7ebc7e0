import type { Violation } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';

/** Enough to see what is wrong. */
const VIOLATIONS_SHOWN_MAX = 100;

// An article that stands in a story and was signed again counts from then on: it waits for its new place, and has one.
// One statement sees one snapshot. What the table's constraints already forbid (a failure without a reason, an article in two
// stories) is not asked again.
const AUDIT = {
  name: 'audit',
  text: `
    select 'I1' as invariant, id, format('%s, and neither done nor failed since %s', state, received_at) as detail
    from article a
    where state in ('submitted', 'signed') and received_at < now() - $1 * interval '1 millisecond'
      and not (state = 'signed' and stage_since >= now() - $1 * interval '1 millisecond'
        and exists (select from placement p where p.article_id = a.id))
    union all
    select 'I2', a.id, 'done, and in no story' from article a
    where a.state = 'done' and not exists (select from placement p where p.article_id = a.id)
    union all
    select 'I2', a.id, format('gone since %s, and in no story', a.gone_since) from article a
    where a.gone_since is not null and not exists (select from placement p where p.article_id = a.id)
    union all
    select 'I2', a.id, 'done, and waits for its place' from article a where a.state = 'done' and a.awaits_place and a.reason is null
    union all
    select 'I2', p.article_id, format('in the story %s, which is merged or has ended', s.id)
    from placement p join story s on s.id = p.story_id where s.merged_into is not null or s.ended_at is not null
    union all
    select 'I3', s.id, 'live, and its canonical is not one of its members' from story s
    where s.merged_into is null and s.ended_at is null and not exists (
      select from placement p where p.article_id = s.canonical and p.story_id = s.id and p.is_canonical)
    union all
    select 'I3', s.id, format('says %s copies, and has %s', s.copies, placed.copies)
    from story s cross join lateral (select count(*) as copies from placement p where p.story_id = s.id) as placed
    where s.merged_into is null and s.ended_at is null and s.copies <> placed.copies
    union all
    select 'I4', s.id, format('redirects to %s, which is merged itself', s.merged_into)
    from story s join story target on target.id = s.merged_into where target.merged_into is not null
    limit ${VIOLATIONS_SHOWN_MAX}`,
};

export function audit(runner: Runner, deadlineMs: number): Promise<Violation[]> {
  return rowsOf<Violation & Record<string, unknown>>(runner, AUDIT, [deadlineMs]);
}
