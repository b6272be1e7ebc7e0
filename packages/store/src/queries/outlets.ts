import type { Outlet } from '../outlets.ts';
import { type Runner, rowsOf } from '../transaction.ts';

const OUTLETS = {
  name: 'outlets_most',
  text: 'select key, name, articles from source where articles > 0 order by articles desc, key limit $1',
};

export function outlets(runner: Runner, limit: number): Promise<Outlet[]> {
  return rowsOf<Outlet & Record<string, unknown>>(runner, OUTLETS, [limit]);
}
