import type { AccessKey, AccessStore, KeyScope, KnownKey } from '../access.ts';
import { type Runner, rowsOf } from '../transaction.ts';

/** Every process holds all keys in memory. More: none is made until one is revoked. */
const KEYS_MAX = 1_000;

const COLUMNS = 'id, name, scopes, digest, created_at, last_used_at';

// Two at once may both see room: one key too many does no harm.
const ADD = {
  name: 'access_add',
  text: `
    insert into access_key (id, name, scopes, digest)
    select $1, $2, $3, $4 where (select count(*) from access_key) < ${KEYS_MAX}
    returning ${COLUMNS}`,
};

const ALL = { name: 'access_all', text: `select ${COLUMNS} from access_key order by created_at, id` };

const REVOKE = { name: 'access_revoke', text: 'delete from access_key where id = $1 returning id' };

const USED = {
  name: 'access_used',
  text: `
    update access_key set last_used_at = now()
    where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 hour')`,
};

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  scopes: KeyScope[];
  digest: Buffer;
  created_at: Date;
  last_used_at: Date | null;
}

function keyOf({ id, name, scopes, created_at, last_used_at }: Row): AccessKey {
  const lastUsedAt = last_used_at?.toISOString() ?? null;
  return { id, name, scopes, createdAt: created_at.toISOString(), lastUsedAt };
}

async function addKey(runner: Runner, key: Parameters<AccessStore['addKey']>[0]): Promise<AccessKey | null> {
  const [row] = await rowsOf<Row>(runner, ADD, [key.id, key.name, key.scopes, key.digest]);
  return row === undefined ? null : keyOf(row);
}

async function keys(runner: Runner): Promise<KnownKey[]> {
  return (await rowsOf<Row>(runner, ALL, [])).map((row) => ({ ...keyOf(row), digest: row.digest }));
}

/** The questions about access, each one statement. */
export function accessOn(runner: Runner): AccessStore {
  return {
    addKey: (key) => addKey(runner, key),
    keys: () => keys(runner),
    revokeKey: async (id) => (await rowsOf(runner, REVOKE, [id])).length > 0,
    keyUsed: async (id) => {
      await rowsOf(runner, USED, [id]);
    },
  };
}
