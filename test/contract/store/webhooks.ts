import type { Change, DeliveryResult, OpenedStore, WebhookWork } from '@wirefold/store';
import { expect, it } from 'vitest';
import { LEASE_MS, publish } from './fixtures.ts';

const CLAIM = { leaseMs: LEASE_MS, limit: 20 };
const WEBHOOK = { id: 'w1', url: 'https://receiver.example/hook', kinds: null, secret: 'whsec_c2VjcmV0' };

/** What came of one event of a claim. */
function resultOf(work: WebhookWork, change: Change | undefined, more: Partial<DeliveryResult> = {}): DeliveryResult {
  if (change === undefined) throw new Error('there was no event');
  const { id, token } = work;
  return { id, token, change, isReplay: false, status: 200, reason: null, durationMs: 3.4, next: null, ...more };
}

const failure = (next: DeliveryResult['next']) => ({ status: 503, reason: 'http-server-error', next });

function webhooksOf(opened: () => OpenedStore) {
  const store = () => opened().store;
  return {
    store,
    claim: () => store().claimWebhook('w1', CLAIM),
    claimed: async (): Promise<WebhookWork> => {
      const work = await store().claimWebhook('w1', CLAIM);
      if (work === null) throw new Error('it was not to be claimed');
      return work;
    },
    /** Lets time pass for the webhook, as the database sees it. */
    age: (ms: number) =>
      opened().pool.query(
        `update webhook set next_at = next_at - $1 * interval '1 ms', lease_until = lease_until - $1 * interval '1 ms'`,
        [ms],
      ),
  };
}

const storiesOf = ({ changes }: WebhookWork) => changes.map(({ storyId }) => storyId);

export function describeWebhooks(opened: () => OpenedStore): void {
  const { store, claim, claimed } = webhooksOf(opened);

  it('is kept, listed and removed, and its secret is told to who delivers only', async () => {
    const added = await store().addWebhook({ ...WEBHOOK, kinds: ['merged'] });
    expect(added).toMatchObject({ id: 'w1', url: WEBHOOK.url, kinds: ['merged'], failures: 0, disabledAt: null });
    expect(await store().webhooks()).toEqual([added]);
    expect(await store().webhook('w1')).toEqual({ ...added, deliveries: [] });
    expect(JSON.stringify(await store().webhook('w1'))).not.toContain('whsec');
    expect(await store().removeWebhook('w1')).toBe(true);
    expect(await store().removeWebhook('w1')).toBe(false);
    expect(await store().webhook('w1')).toBeNull();
  });

  it('is told nothing while it is paused, and goes on where it was', async () => {
    await store().addWebhook(WEBHOOK);
    const id = await publish(store(), 'a', [1]);
    expect(await store().pauseWebhook('w1')).toBe(true);
    expect(await store().webhook('w1')).toMatchObject({ disabledReason: 'It was paused by hand.' });
    expect(await store().dueWebhooks(10)).toEqual([]);
    expect(await claim()).toBeNull();
    await store().enableWebhook('w1');
    expect(storiesOf(await claimed())).toEqual([id]);
    expect(await store().pauseWebhook('none')).toBe(false);
  });

  it('there are a hundred at most', async () => {
    for (let each = 0; each < 100; each++) await store().addWebhook({ ...WEBHOOK, id: `w${each}` });
    expect(await store().addWebhook({ ...WEBHOOK, id: 'more' })).toBeNull();
  });

  it('is told what happens after it was added, in order, by one at a time', async () => {
    await publish(store(), 'before', [1]);
    await store().addWebhook(WEBHOOK);
    expect(await store().dueWebhooks(10)).toEqual([]);
    expect(await claim()).toBeNull();
    const ids = [await publish(store(), 'a', [2]), await publish(store(), 'b', [3])];
    expect(await store().dueWebhooks(10)).toEqual(['w1']);
    const work = await claimed();
    expect(work).toMatchObject({ url: WEBHOOK.url, secret: WEBHOOK.secret, failures: 0, replays: [] });
    expect(storiesOf(work)).toEqual(ids);
    expect(await claim()).toBeNull();
    expect(await store().dueWebhooks(10)).toEqual([]);
    for (const change of work.changes) expect(await store().settleDelivery(resultOf(work, change))).toBe(true);
    await store().leaveWebhook(work);
    expect(await store().dueWebhooks(10)).toEqual([]);
    expect((await store().webhook('w1'))?.deliveries).toMatchObject([
      { storyId: ids[1], kind: 'created', status: 200, reason: null, durationMs: 3, isReplay: false },
      { storyId: ids[0] },
    ]);
  });

  it('is told only of the kinds that it wants, and goes past the others', async () => {
    await store().addWebhook({ ...WEBHOOK, kinds: ['merged'] });
    const a = await publish(store(), 'a', [1]);
    expect((await claimed()).changes).toEqual([]);
    await store().leaveWebhook({ id: 'w1', token: 1 });
    expect(await store().dueWebhooks(10)).toEqual([]);
    await publish(store(), 'b', [2]);
    await publish(store(), 'ab', [1, 2]);
    expect((await claimed()).changes).toMatchObject([{ storyId: a, kind: 'merged' }]);
  });
}

export function describeDeliveries(opened: () => OpenedStore): void {
  const { store, claim, claimed, age } = webhooksOf(opened);

  it('an event that was not taken is sent again after its wait, and what follows it waits, too', async () => {
    await store().addWebhook(WEBHOOK);
    const ids = [await publish(store(), 'a', [1]), await publish(store(), 'b', [2])];
    const first = await claimed();
    await store().settleDelivery(resultOf(first, first.changes[0], failure({ retryAfterMs: 60_000 })));
    await store().leaveWebhook(first);
    expect(await claim()).toBeNull();
    expect(await store().webhook('w1')).toMatchObject({
      failures: 1,
      nextAttemptAt: expect.any(String),
      deliveries: [{ status: 503, reason: 'http-server-error' }],
    });
    await age(60_001);
    const again = await claimed();
    expect(again.failures).toBe(1);
    expect(storiesOf(again)).toEqual(ids);
    await store().settleDelivery(resultOf(again, again.changes[0]));
    expect(await store().webhook('w1')).toMatchObject({ failures: 0, nextAttemptAt: null });
  });

  it('who was too slow says nothing any more, and the event is sent again by another', async () => {
    await store().addWebhook(WEBHOOK);
    await publish(store(), 'a', [1]);
    const slow = await claimed();
    await age(LEASE_MS + 1);
    const other = await claimed();
    expect(await store().settleDelivery(resultOf(slow, slow.changes[0]))).toBe(false);
    await store().leaveWebhook(slow);
    expect(await claim()).toBeNull();
    expect(other.changes).toEqual(slow.changes);
    expect(await store().settleDelivery(resultOf(other, other.changes[0]))).toBe(true);
  });

  it('one that is disabled is told nothing until it is enabled, and then all that it missed', async () => {
    await store().addWebhook(WEBHOOK);
    const a = await publish(store(), 'a', [1]);
    const work = await claimed();
    await store().settleDelivery(resultOf(work, work.changes[0], failure({ disabledReason: 'It is gone.' })));
    await store().leaveWebhook(work);
    expect(await store().webhook('w1')).toMatchObject({
      disabledAt: expect.any(String),
      disabledReason: 'It is gone.',
    });
    const b = await publish(store(), 'b', [2]);
    expect(await store().dueWebhooks(10)).toEqual([]);
    expect(await store().enableWebhook('w1')).toBe(true);
    expect(await store().enableWebhook('nowhere')).toBe(false);
    expect(storiesOf(await claimed())).toEqual([a, b]);
    expect(await store().webhook('w1')).toMatchObject({ disabledAt: null, disabledReason: null, failures: 0 });
  });
}

export function describeReplays(opened: () => OpenedStore): void {
  const { store, claim, claimed } = webhooksOf(opened);

  it('an event is sent once more where somebody asks for it, and changes nothing else', async () => {
    await store().addWebhook(WEBHOOK);
    const a = await publish(store(), 'a', [1]);
    const work = await claimed();
    await store().settleDelivery(resultOf(work, work.changes[0]));
    await store().leaveWebhook(work);
    const cursor = work.changes[0]?.cursor ?? '';
    expect(await store().replayChange('w1', cursor)).toBe(true);
    expect(await store().replayChange('w1', cursor)).toBe(true);
    expect(await store().replayChange('nowhere', cursor)).toBe(false);
    expect(await store().replayChange('w1', Buffer.from('c999999999').toString('base64url'))).toBe(false);
    const again = await claimed();
    expect(again).toMatchObject({ replays: [{ storyId: a }], changes: [] });
    const result = { ...failure({ retryAfterMs: 1 }), isReplay: true };
    await store().settleDelivery(resultOf(again, again.replays[0], result));
    await store().leaveWebhook(again);
    expect(await claim()).toBeNull();
    expect(await store().webhook('w1')).toMatchObject({
      failures: 0,
      deliveries: [{ isReplay: true, status: 503 }, {}],
    });
  });

  it('only the last hundred attempts are kept', async () => {
    await store().addWebhook(WEBHOOK);
    await publish(store(), 'a', [1]);
    const work = await claimed();
    for (let each = 1; each <= 103; each++) {
      await store().settleDelivery(resultOf(work, work.changes[0], { status: 400 + each }));
    }
    const { rows } = await opened().pool.query(
      'select min(status) as first, count(*)::int as kept from webhook_delivery',
    );
    expect(rows).toEqual([{ first: 404, kept: 100 }]);
    expect((await store().webhook('w1'))?.deliveries).toHaveLength(100);
  });
}
