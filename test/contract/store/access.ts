import { randomBytes } from 'node:crypto';
import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';

export function describeAccess(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const key = (id: string) => ({ id, name: `key ${id}`, scopes: ['read' as const], digest: randomBytes(32) });

  it('a key comes back as it was kept, and is gone once it is revoked', async () => {
    const digest = randomBytes(32);
    expect(await store().addKey({ id: 'k1', name: 'Newsroom', scopes: ['read', 'submit'], digest })).toMatchObject({
      id: 'k1',
      lastUsedAt: null,
    });
    expect(await store().keys()).toMatchObject([{ id: 'k1', name: 'Newsroom', scopes: ['read', 'submit'], digest }]);
    expect(await store().revokeKey('k1')).toBe(true);
    expect(await store().revokeKey('k1')).toBe(false);
    expect(await store().keys()).toEqual([]);
  });

  it('the last use of a key is written once an hour', async () => {
    await store().addKey(key('k1'));
    await store().keyUsed('k1');
    const [first] = await store().keys();
    expect(first?.lastUsedAt).not.toBeNull();
    await store().keyUsed('k1');
    expect((await store().keys())[0]?.lastUsedAt).toBe(first?.lastUsedAt);
    await opened().pool.query("update access_key set last_used_at = last_used_at - interval '61 minutes'");
    await store().keyUsed('k1');
    expect(Date.parse((await store().keys())[0]?.lastUsedAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(first?.lastUsedAt ?? ''),
    );
  });

  it('there are as many keys as there may be, and no more', async () => {
    await opened().pool.query(
      "insert into access_key (id, name, scopes, digest) select 'k' || n, 'k', '{read}', '' from generate_series(1, 999) n",
    );
    expect(await store().addKey(key('last'))).toMatchObject({ id: 'last' });
    expect(await store().addKey(key('more'))).toBeNull();
  });

  it('a scope that does not exist is refused', async () => {
    await expect(store().addKey({ ...key('k1'), scopes: ['root' as 'read'] })).rejects.toThrow();
  });
}
