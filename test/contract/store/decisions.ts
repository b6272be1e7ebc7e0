import type { NewDecision, OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import { decide, keysOf, made, merge, partition, pin, place, publish, revise, split, storyOf } from './decided.ts';
import { ALL, articleOf, claimOne, DEADLINE, signedText, submission, textPushed } from './fixtures.ts';

export function describeSplits(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const decided = async (asked: NewDecision) => made(await store().decideByHand(asked, decide));

  it('an article that is set apart stays apart, and its copies follow it, whoever comes later', async () => {
    for (const id of ['a', 'b', 'c']) await publish(store(), id, 1, id.charCodeAt(0));
    const story = await storyOf(store(), 'a');
    const { decision, isNew, changes } = await decided({ ...split(story, 'c'), note: 'another ferry' });
    expect(isNew).toBe(true);
    expect(decision).toMatchObject({ kind: 'split', storyId: story, articleIds: ['c'], by: 'desk', withdrawnAt: null });
    expect(changes.events.map(({ kind, detail }) => [kind, detail.cause, detail.decision])).toEqual(
      expect.arrayContaining([
        ['mirror-left', 'by hand', decision.id],
        ['split', 'by hand', decision.id],
      ]),
    );
    await publish(store(), 'd', 1, 'c'.charCodeAt(0));
    await publish(store(), 'e', 1, 50);
    const all = ['a', 'b', 'c', 'd', 'e'];
    expect(await partition(store(), all)).toEqual(['a b e', 'c d']);
    expect(await storyOf(store(), 'a')).toBe(story);
    const log = (await store().story(await storyOf(store(), 'c')))?.story.log ?? [];
    expect(log[0]).toMatchObject({ kind: 'split', detail: { from: [story], cause: 'by hand' } });
    expect(await store().decisionsOf(story)).toEqual([decision]);
    expect(await store().decisionsOf(await storyOf(store(), 'd'))).toEqual([decision]);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('it stays apart when it is revised, and is one again once that is taken back', async () => {
    for (const id of ['a', 'b', 'c']) await publish(store(), id, 1, id.charCodeAt(0));
    const { decision } = await decided(split(await storyOf(store(), 'a'), 'c'));
    await revise(store(), 'c', 1, 'a'.charCodeAt(0));
    expect(await partition(store(), ['a', 'b', 'c'])).toEqual(['a b', 'c']);
    const undone = await store().withdrawDecision(decision.id, 'other desk', decide);
    expect(undone).toMatchObject({ isNew: true, decision: { withdrawnBy: 'other desk' } });
    expect(undone?.changes.events).toContainEqual(
      expect.objectContaining({ kind: 'merged', detail: expect.objectContaining({ isWithdrawn: true }) }),
    );
    expect(await partition(store(), ['a', 'b', 'c'])).toEqual(['a b c']);
    expect(await store().withdrawDecision(decision.id, null, decide)).toMatchObject({
      isNew: false,
      decision: { withdrawnBy: 'other desk' },
    });
    expect(await store().withdrawDecision(decision.id + 1, null, decide)).toBeNull();
  });

  it('what is asked for again is answered with what was decided, and what cannot be is told', async () => {
    for (const id of ['a', 'b', 'c']) await publish(store(), id, 1, id.charCodeAt(0));
    const other = await publish(store(), 'x', 2, 1);
    const story = await storyOf(store(), 'a');
    const first = await decided(split(story, 'c'));
    expect(await decided(split(story, 'c'))).toEqual({
      ok: true,
      decision: first.decision,
      isNew: false,
      changes: { stories: [], merged: [], ended: [], events: [] },
    });
    const refused = async (asked: NewDecision) => store().decideByHand(asked, decide);
    expect(await refused(split(story, 'x'))).toEqual({ ok: false, problem: 'not-in-story', articleIds: ['x'] });
    expect(await refused(split(story, 'a', 'b'))).toEqual({ ok: false, problem: 'whole-story' });
    expect(await refused(split('none', 'a'))).toEqual({ ok: false, problem: 'no-story', storyId: 'none' });
    expect(await refused(merge(story, story))).toEqual({ ok: false, problem: 'one-story' });
    expect(await refused(merge(story, await storyOf(store(), 'c')))).toEqual({
      ok: false,
      problem: 'contradicts',
      decision: first.decision,
    });
    await store().remove('x', decide);
    expect(await refused(merge(story, other))).toMatchObject({ ok: false, problem: 'ended', storyId: other });
  });
}

export function describeMerges(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const decided = async (asked: NewDecision) => made(await store().decideByHand(asked, decide));

  it('stories that were made one stay one, by the older id, and say by whom', async () => {
    const first = await publish(store(), 'a', 1, 1);
    const second = await publish(store(), 'x', 2, 1);
    await publish(store(), 'y', 2, 2);
    const { decision } = await decided(merge(second, first));
    expect(await store().story(second)).toMatchObject({ redirectedFrom: second, story: { id: first, copies: 3 } });
    const mirrors = (await store().story(first))?.story.mirrorList ?? [];
    const byHand = { decision: decision.id, by: 'desk', note: null, at: decision.at };
    expect(mirrors.filter(({ match }) => match.byHand !== undefined).length).toBeGreaterThan(0);
    for (const { match } of mirrors)
      if (!match.verdict.linked && match.via === null) expect(match.byHand).toEqual(byHand);
    expect(await decided(merge(second, first))).toMatchObject({ isNew: false, decision: { id: decision.id } });
    // Later copies of either side, a revision of what held them together, and the removal of what was named.
    await publish(store(), 'b', 1, 2);
    await publish(store(), 'z', 2, 3);
    await revise(store(), 'a', 1, 7);
    const all = ['a', 'b', 'x', 'y', 'z'];
    expect(await partition(store(), all)).toEqual([all.join(' ')]);
    await store().remove('x', decide);
    expect(await partition(store(), ['a', 'b', 'y', 'z'])).toEqual(['a b y z']);
    expect(await store().audit(DEADLINE)).toEqual([]);
    await store().withdrawDecision(decision.id, null, decide);
    expect(await partition(store(), ['a', 'b', 'y', 'z'])).toEqual(['a b', 'y z']);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('a few articles may leave a merged story, and a split of all that was merged names the merge', async () => {
    const first = await publish(store(), 'a', 1, 1);
    const second = await publish(store(), 'x', 2, 1);
    await publish(store(), 'y', 2, 2);
    const { decision } = await decided(merge(first, second));
    expect(await store().decideByHand(split(first, 'x', 'y'), decide)).toEqual({
      ok: false,
      problem: 'contradicts',
      decision,
    });
    await decided(split(first, 'y'));
    expect(await partition(store(), ['a', 'x', 'y'])).toEqual(['a x', 'y']);
    await publish(store(), 'y2', 2, 2);
    expect(await partition(store(), ['a', 'x', 'y', 'y2'])).toEqual(['a x', 'y y2']);
  });

  it('an article that was named comes back to its story, though nothing else leads there', async () => {
    const first = await publish(store(), 'a', 1, 1);
    await decided(merge(first, await publish(store(), 'x', 2, 1)));
    await store().remove('x', decide);
    // Its text has no link into the story, and no article of the story prints it.
    await publish(store(), 'x', 3, 1);
    expect(await storyOf(store(), 'x')).toBe(first);
    await store().remove('a', decide);
    await store().remove('x', decide);
    await publish(store(), 'copy', 2, 1);
    expect(await publish(store(), 'copy of a', 1, 1)).toBe(await storyOf(store(), 'copy'));
    expect(await store().audit(DEADLINE)).toEqual([]);
  });
}

export function describeDecidedSpellings(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const decided = async (asked: NewDecision) => made(await store().decideByHand(asked, decide));

  /** Reads an article whose page declares the URL of another as its own. */
  async function declare(id: string, own: number, other: string): Promise<void> {
    await store().submit([submission(id, { pushed: textPushed(`${id} again`) })]);
    const { token } = await claimOne(store(), 'ingest', id);
    const claims = [
      { articleId: other, url: `https://paper.example/${other}`, sign: 'canonical', isKin: true } as const,
    ];
    const text = signedText(...keysOf(1, own));
    await store().saveSigned([{ articleId: id, token, article: articleOf(id), text, claims, cards: [] }]);
    await place(store(), id);
  }

  it('what was decided about an article goes on for the one that it ends in', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await publish(store(), id, 1, id.charCodeAt(0));
    const story = await storyOf(store(), 'a');
    await decided(split(story, 'd'));
    await decided(pin(story, 'c'));
    await declare('c', 1, 'b');
    expect(await store().article('c')).toMatchObject({ id: 'b', isCanonical: true });
    expect(await partition(store(), ['a', 'b', 'd'])).toEqual(['a b', 'd']);
    expect((await store().decisionsOf(story)).map(({ articleIds }) => articleIds)).toEqual([['b'], ['d']]);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('articles that are held apart do not end in each other, whatever their pages declare', async () => {
    for (const id of ['a', 'b']) await publish(store(), id, 1, id.charCodeAt(0));
    const { decision } = await decided(split(await storyOf(store(), 'a'), 'b'));
    await declare('b', 2, 'a');
    expect(await partition(store(), ['a', 'b'])).toEqual(['a', 'b']);
    await store().withdrawDecision(decision.id, null, decide);
    expect(await store().article('b')).toMatchObject({ id: 'a' });
    expect(await store().audit(DEADLINE)).toEqual([]);
  });
}

export function describePins(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const decided = async (asked: NewDecision) => made(await store().decideByHand(asked, decide));
  const canonicalOf = async (story: string) => (await store().story(story))?.story.canonical.articleId;

  it('a pinned copy leads whatever comes, the latest pin of several, until it is taken back', async () => {
    for (const id of ['a', 'b', 'c']) await publish(store(), id, 1, id.charCodeAt(0));
    const story = await storyOf(store(), 'a');
    const { decision, changes } = await decided(pin(story, 'b'));
    expect(changes.events).toMatchObject([{ kind: 'canonical-changed', articleId: 'b', detail: { cause: 'by hand' } }]);
    expect((await store().story(story))?.story.reasons[0]).toEqual({ code: 'pinned', text: 'pinned by a person' });
    expect(await decided(pin(story, 'b'))).toMatchObject({ isNew: false, decision: { id: decision.id } });
    await publish(store(), '0', 1, 1);
    await revise(store(), 'b', 1, 50);
    expect(await canonicalOf(story)).toBe('b');
    const second = await decided(pin(story, 'c'));
    expect((await store().story(story))?.story.reasons[0]?.text).toBe('pinned by a person, the latest of 2 pins');
    const again = await decided(pin(story, 'b'));
    expect(again.decision.id).not.toBe(decision.id);
    expect(await canonicalOf(story)).toBe('b');
    for (const { id } of [again.decision, second.decision]) await store().withdrawDecision(id, null, decide);
    expect(await canonicalOf(story)).toBe('0');
    const kept = await store().decisionsOf(story);
    expect(kept.map(({ kind, withdrawnAt }) => [kind, withdrawnAt === null])).toEqual(
      Array.from({ length: 3 }, () => ['pin', false]),
    );
  });

  it('a pin leads a story that its own was merged into, and ends with its article', async () => {
    const first = await publish(store(), 'a', 1, 1);
    const second = await publish(store(), 'x', 2, 1);
    await decided(pin(second, 'x'));
    await decided(merge(first, second));
    expect(await canonicalOf(first)).toBe('x');
    await store().remove('x', decide);
    expect(await canonicalOf(first)).toBe('a');
    await publish(store(), 'x', 2, 1);
    expect(await storyOf(store(), 'x')).toBe(first);
    expect(await canonicalOf(first)).toBe('a');
    const { stories: live } = await store().stories(ALL);
    expect(live).toHaveLength(1);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });
}

export function describeDecisionRaces(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('decisions and articles that come at once make the stories that they make one after the other', async () => {
    const seeds = ['a', 'b', 'c', 'x', 'y'];
    for (const id of seeds) await publish(store(), id, id < 'm' ? 1 : 2, id.charCodeAt(0));
    const [first, second] = [await storyOf(store(), 'a'), await storyOf(store(), 'x')];
    const later = Array.from({ length: 12 }, (_, at) => `n${at}`);
    const arriving = later.map((id, at) => publish(store(), id, (at % 2) + 1, seeds[at % 5]?.charCodeAt(0) ?? at));
    const deciding = [split(first, 'c'), merge(first, second), pin(first, 'b'), pin(second, 'y')].map((asked) =>
      store().decideByHand(asked, decide),
    );
    const revising = [revise(store(), 'y', 1, 60), revise(store(), 'b', 2, 61)];
    const outcomes = await Promise.all(deciding);
    await Promise.all([...arriving, ...revising]);
    expect(outcomes.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    const all = [...seeds, ...later];
    const before = await partition(store(), all);
    // Everything placed once more, alone: nothing moves where nothing was missed.
    for (const id of all) {
      const { pool } = opened();
      await pool.query("update article set state = 'signed', awaits_place = true, next_at = now() where id = $1", [id]);
      await place(store(), id);
    }
    expect(await partition(store(), all)).toEqual(before);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });
}
