import type { FeedEntry, NextPoll, OpenedStore, Poll, Subscription } from '@wirefold/store';
import { expect, it } from 'vitest';
import { decide, LEASE_MS, submission, textPushed } from './fixtures.ts';

const NEXT: NextPoll = { intervalMs: 60_000, afterMs: 60_000 };
const next = () => NEXT;
const MARCH = '2026-03-01T08:00:00.000Z';
const APRIL = '2026-04-01T08:00:00.000Z';

function subscription(id: string, change: Partial<Subscription> = {}): Subscription {
  const url = `https://${id}.example/feed`;
  return { id, url, title: null, sourceKey: `${id}.example`, isFullText: false, intervalMs: 300_000, ...change };
}

function entryOf(id: string, change: Partial<FeedEntry> = {}): FeedEntry {
  const published = { at: MARCH, uncertaintyMs: 0, evidence: MARCH };
  const source = { name: 'Wire', url: null };
  return {
    guid: id,
    url: `https://paper.example/${id}`,
    title: `About ${id}`,
    published,
    updated: MARCH,
    source,
    ...change,
  };
}

function readOf(ids: string[], change: Partial<FeedEntry> = {}): Extract<Poll, { result: 'read' }> {
  const entries = ids.map((id) => ({ entry: entryOf(id, change), submission: submission(id) }));
  const feed = {
    kind: 'rss',
    title: 'Paper',
    homeUrl: null,
    sourceKey: 'paper.example',
    etag: '"1"',
    lastModified: null,
  } as const;
  return { result: 'read', feed: { ...feed, entries } };
}

/** Lets time pass for all feeds and entries, as the database sees it. */
async function pass({ pool }: OpenedStore, ms: number): Promise<void> {
  await pool.query(`update feed set next_poll_at = next_poll_at - $1 * interval '1 ms'`, [ms]);
  await pool.query(`update entry set seen_at = seen_at - $1 * interval '1 ms'`, [ms]);
}

/** Claims the one feed that is due, and records a poll of it. */
async function pollWith(opened: OpenedStore, poll: Poll) {
  await pass(opened, NEXT.afterMs + LEASE_MS);
  const claim = await opened.store.claimFeed(LEASE_MS);
  if (claim === null) throw new Error('no feed is due');
  return opened.store.recordPoll(claim, poll, next);
}

export function describeSubscriptions(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a feed is subscribed once, by its id or by the address that another one was led to', async () => {
    const [first] = await store().subscribe([subscription('a')]);
    expect(first).toMatchObject({ isNew: true, feed: { state: 'active', result: null, kind: null, polls: 0 } });
    await pollWith(opened(), { result: 'found', url: 'https://a.example/found' });
    const again = await store().subscribe([
      subscription('a'),
      subscription('b'),
      subscription('c', { url: 'https://a.example/found' }),
    ]);
    expect(again.map(({ feed, isNew }) => [feed.id, isNew])).toEqual([
      ['a', false],
      ['b', true],
      ['a', false],
    ]);
  });

  it('many that subscribe the same at once get the same feed', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => store().subscribe([subscription('a'), subscription('b')])));
    expect(all.flat().filter(({ isNew }) => isNew)).toHaveLength(2);
    expect((await store().feeds({ cursor: null, limit: 9, state: null, source: null })).feeds).toHaveLength(2);
  });

  it('a list is read page by page, each feed once, and by state and source', async () => {
    await store().subscribe(['a', 'b', 'c', 'd', 'e'].map((id) => subscription(id)));
    await store().changeFeed('c', { isPaused: true });
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await store().feeds({ cursor, limit: 2, state: null, source: null });
      ids.push(...page.feeds.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
    const some = async (state: 'paused' | null, source: string | null) =>
      (await store().feeds({ cursor: null, limit: 9, state, source })).feeds.map(({ id }) => id);
    expect([await some('paused', null), await some(null, 'e.example')]).toEqual([['c'], ['e']]);
  });

  it('a paused feed is not claimed, a resumed one at once and without its failures', async () => {
    await store().subscribe([subscription('a')]);
    await pollWith(opened(), { result: 'failed', reason: 'feed-unreadable', detail: '', isPaused: false });
    expect(await store().changeFeed('a', { isPaused: true })).toMatchObject({ state: 'paused', nextPollAt: null });
    await pass(opened(), 1e9);
    expect(await store().pollNow('a')).toMatchObject({ state: 'paused' });
    expect(await store().claimFeed(LEASE_MS)).toBeNull();
    expect(await store().changeFeed('a', { isPaused: false })).toMatchObject({ state: 'active', failuresInARow: 0 });
    expect(await store().claimFeed(LEASE_MS)).toMatchObject({ feedId: 'a' });
  });

  it('a change of one thing leaves the other, and what is not there is null', async () => {
    await store().subscribe([subscription('a')]);
    await store().changeFeed('a', { isFullText: true });
    expect(await store().changeFeed('a', { isPaused: true })).toMatchObject({ isFullText: true, state: 'paused' });
    expect(await store().changeFeed('a', { isFullText: false })).toMatchObject({ isFullText: false, state: 'paused' });
    const none = [
      await store().changeFeed('x', { isPaused: true }),
      await store().pollNow('x'),
      await store().feed('x'),
    ];
    expect(none).toEqual([null, null, null]);
    expect([await store().unsubscribe('a'), await store().unsubscribe('a')]).toEqual([true, false]);
  });
}

export function describePolls(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('each due feed goes to one of many that claim at once, and comes again when its lease is over', async () => {
    await store().subscribe(['a', 'b'].map((id) => subscription(id)));
    const claims = await Promise.all([1, 2, 3, 4].map(() => store().claimFeed(LEASE_MS)));
    expect(claims.flatMap((claim) => claim?.feedId ?? []).sort()).toEqual(['a', 'b']);
    await pass(opened(), LEASE_MS + 1);
    expect(await store().claimFeed(LEASE_MS)).not.toBeNull();
  });

  it('who lost its claim records nothing, and puts nothing off', async () => {
    await store().subscribe([subscription('a')]);
    const lost = await store().claimFeed(LEASE_MS);
    await pass(opened(), LEASE_MS + 1);
    const current = await store().claimFeed(LEASE_MS);
    if (lost === null || current === null) throw new Error('no claim');
    expect(await store().recordPoll(lost, readOf(['x']), next)).toMatchObject({ isRecorded: false, receipts: [] });
    await store().putOffFeed(lost, 0);
    expect(await store().claimFeed(LEASE_MS)).toBeNull();
    expect(await store().article('x')).toBeNull();
    expect(await store().recordPoll(current, readOf(['x']), next)).toMatchObject({ isRecorded: true, fresh: 1 });
  });

  it('new entries are submitted with the poll, known ones are not, and what the feed is stands in it', async () => {
    await store().subscribe([subscription('a')]);
    expect(await pollWith(opened(), readOf(['x', 'y']))).toMatchObject({ fresh: 2, changed: 0 });
    expect(await store().article('x')).toMatchObject({ state: 'submitted' });
    const second = await pollWith(opened(), readOf(['x', 'y', 'z']));
    expect(second.receipts.map(({ id, isAccepted }) => [id, isAccepted])).toEqual([['z', true]]);
    expect(await pollWith(opened(), readOf(['x', 'y', 'z']))).toMatchObject({ fresh: 0, changed: 0, receipts: [] });
    expect(await store().feed('a')).toMatchObject({
      kind: 'rss',
      title: 'Paper',
      result: 'same',
      polls: 3,
      entries: 3,
      entriesNew: 3,
    });
    expect((await store().frontier({ resendAfterMs: 1, claimsMax: 3, limit: 9 })).ingest).toHaveLength(1);
  });

  it('whether a poll brought something decides when the next one is', async () => {
    await store().subscribe([subscription('a')]);
    const asked: boolean[] = [];
    const polls: Poll[] = [readOf(['x']), { result: 'not-modified' }, readOf(['x'], { updated: APRIL })];
    for (const poll of polls) {
      await pass(opened(), 1e9);
      const claim = await store().claimFeed(LEASE_MS);
      if (claim === null) throw new Error('no claim');
      await store().recordPoll(claim, poll, (isChanged) => {
        asked.push(isChanged);
        return { intervalMs: 7_000, afterMs: 5_000 };
      });
    }
    expect(asked).toEqual([true, false, true]);
    expect(await store().claimFeed(LEASE_MS)).toBeNull();
    expect(await store().feed('a')).toMatchObject({ intervalMs: 7_000, result: 'new' });
    await pass(opened(), 5_001);
    expect(await store().claimFeed(LEASE_MS)).toMatchObject({ etag: '"1"', intervalMs: 7_000 });
  });
}

export function describeChangedFeeds(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('an entry that moved is submitted again, and what it says is kept; one that moved back is not', async () => {
    await store().subscribe([subscription('a')]);
    await pollWith(opened(), readOf(['x']));
    const moved = await pollWith(opened(), readOf(['x'], { updated: APRIL, title: 'Corrected' }));
    expect([moved.fresh, moved.changed, moved.receipts.map(({ id }) => id)]).toEqual([0, 1, ['x']]);
    expect(await store().entriesOf('x')).toMatchObject([{ title: 'Corrected', updated: APRIL }]);
    expect(await pollWith(opened(), readOf(['x'], { title: 'Old copy' }))).toMatchObject({ changed: 0 });
    expect(await store().entriesOf('x')).toMatchObject([{ title: 'Corrected' }]);
  });

  it('whole texts of entries are pushed, and wait for no host', async () => {
    await store().subscribe([subscription('a', { isFullText: true })]);
    const poll = readOf(['x']);
    const [entry] = poll.feed.entries;
    if (entry === undefined) throw new Error('no entry');
    const pushed = { ...entry, submission: { ...entry.submission, pushed: textPushed('A whole text.') } };
    await pollWith(opened(), { ...poll, feed: { ...poll.feed, entries: [pushed] } });
    expect((await store().claim('ingest', ['x'], LEASE_MS))[0]?.pushed).toMatchObject({ text: 'A whole text.' });
  });

  it('failures are counted until a poll succeeds, and a feed that is gone is paused', async () => {
    await store().subscribe([subscription('a')]);
    const failed = { result: 'failed', reason: 'feed-unreadable', detail: 'broken', isPaused: false } as const;
    await pollWith(opened(), failed);
    await pollWith(opened(), failed);
    expect(await store().feed('a')).toMatchObject({ failuresInARow: 2, reason: 'feed-unreadable', detail: 'broken' });
    await pollWith(opened(), { result: 'not-modified' });
    expect(await store().feed('a')).toMatchObject({ failuresInARow: 0, reason: null, detail: null, state: 'active' });
    await pollWith(opened(), { ...failed, reason: 'feed-gone', isPaused: true });
    expect(await store().feed('a')).toMatchObject({ state: 'paused', reason: 'feed-gone', nextPollAt: null });
  });

  it('a page that leads to a known feed is paused, and says to which', async () => {
    await store().subscribe([subscription('a')]);
    await pollWith(opened(), { result: 'not-modified' });
    await store().subscribe([subscription('b')]);
    const claim = await store().claimFeed(LEASE_MS);
    if (claim === null) throw new Error('no claim');
    await store().recordPoll(claim, { result: 'found', url: 'https://a.example/feed' }, next);
    expect(await store().feed('b')).toMatchObject({ state: 'paused', reason: 'feed-known', detail: 'a' });
  });
}

export function describeEntries(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('an article shows what each feed says of it, and keeps its place when a feed is removed', async () => {
    await store().subscribe([subscription('a')]);
    await pollWith(opened(), readOf(['x']));
    await store().subscribe([subscription('b')]);
    const claim = await store().claimFeed(LEASE_MS);
    if (claim === null) throw new Error('no claim');
    await store().recordPoll(claim, readOf(['x'], { title: 'The same' }), next);
    const both = (await store().article('x'))?.entries;
    expect(both).toMatchObject([
      {
        feed: { id: 'a', title: 'Paper' },
        title: 'About x',
        published: { at: MARCH },
        source: { name: 'Wire', url: null },
      },
      { feed: { id: 'b' }, title: 'The same' },
    ]);
    await store().unsubscribe('a');
    expect((await store().article('x'))?.entries).toMatchObject([{ feed: { id: 'b' } }]);
  });

  it('an entry is forgotten long after it left its feed, and not while it stands there', async () => {
    await store().subscribe([subscription('a')]);
    await pollWith(opened(), readOf(['left', 'stays']));
    const DAY_MS = 86_400_000;
    for (const days of [50, 39]) {
      await pass(opened(), days * DAY_MS);
      await pollWith(opened(), readOf(['stays']));
    }
    expect(await store().entriesOf('left')).toHaveLength(1);
    await pass(opened(), 2 * DAY_MS);
    await pollWith(opened(), readOf(['stays']));
    expect([await store().entriesOf('left'), (await store().entriesOf('stays')).length]).toEqual([[], 1]);
  });

  it('an article that was removed does not come back with the next poll', async () => {
    await store().subscribe([subscription('a')]);
    await pollWith(opened(), readOf(['x']));
    await store().remove('x', decide);
    expect(await store().article('x')).toBeNull();
    await pollWith(opened(), readOf(['x']));
    expect(await store().article('x')).toBeNull();
  });

  it('what no database holds is kept with marks in its place', async () => {
    await store().subscribe([subscription('a', { title: 'A\u0000B' })]);
    await pollWith(opened(), readOf(['x'], { title: 'half \ud800 and \u0000', guid: '\u0000' }));
    expect(await store().entriesOf('x')).toMatchObject([{ title: 'half \ufffd and \ufffd', guid: '\ufffd' }]);
  });
}
