import { toJson } from '../encoding.ts';
import type { KnownRobots, RobotsRules } from '../hosts.ts';
import { type Runner, rowsOf } from '../transaction.ts';

const READ = {
  name: 'robots_read',
  text: `
    select rules, greatest(extract(epoch from fresh_until - now()) * 1000, 0)::float8 as fresh_ms from robots where origin = $1`,
};

const KEEP = {
  name: 'robots_keep',
  text: `
    insert into robots (origin, rules, fresh_until) values ($1, $2, now() + $3 * interval '1 millisecond')
    on conflict (origin) do update set rules = excluded.rules, fresh_until = excluded.fresh_until`,
};

export async function robots(runner: Runner, origin: string): Promise<KnownRobots | null> {
  const [row] = await rowsOf<{ rules: RobotsRules; fresh_ms: number }>(runner, READ, [origin]);
  return row === undefined ? null : { rules: row.rules, freshMs: row.fresh_ms };
}

export async function keepRobots(runner: Runner, origin: string, { rules, freshMs }: KnownRobots): Promise<void> {
  await rowsOf(runner, KEEP, [origin, toJson(rules), freshMs]);
}
