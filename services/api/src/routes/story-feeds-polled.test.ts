import type { DecisionOutcome, Store } from '@wirefold/store';
import { decideStories } from '@wirefold/story';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { articleOf, LEASE_MS, signedText, submission, textPushed } from '../../../../test/contract/store/fixtures.ts';
import { seededRandom } from '../../../../test/support/seeded-random.ts';
import { ATOM, all, parseXml } from '../testing/feed-rules.ts';
import { startTestService, type TestService } from '../testing/service.ts';

/** A text of so many words that it counts. */
const textOf = (keys: number[]) => ({ ...signedText(...keys), words: 200 });

const CHANGES = 1_000;
const SEED = 20_261_125;
/** Smaller than what is new between two polls may be, so that a reader has to follow links to older pages. */
const PAGE = 3;
const POLL_EVERY = 4;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

/** Texts that share a key are copies; who is with whom, and what becomes of ids, is decided as in the service. */
const decide = (() => {
  let ids = 0;
  const judge = (a: ReturnType<typeof signedText>, b: ReturnType<typeof signedText>) => {
    const linked = a.keys.some((key) => b.keys.includes(key));
    const share = linked ? 0.9 : 0;
    const kind = linked ? ('same text' as const) : ('different' as const);
    return {
      kind,
      linked,
      rule: 'jaccard' as const,
      comparing: null,
      facts: null,
      shared: 9,
      jaccard: share,
      aInB: share,
      bInA: share,
    };
  };
  return decideStories({ judge, windowDays: 0, newStoryId: () => `s${++ids}` });
})();

/** Articles come, come again with another text, and go; their keys, and people, decide over joins, merges and splits. */
function newsroom(store: Store, random: () => number) {
  const printed = new Map<string, number[]>();
  let articles = 0;
  let keys = 0;
  const pick = <Value>(values: Value[]) => values[Math.floor(random() * values.length)] as Value;
  const print = async (id: string, wanted: number[], title: string) => {
    const own = [...new Set(wanted)];
    await store.submit([submission(id, { pushed: textPushed(`${id} ${own} ${title}`) })]);
    const [claim] = await store.claim('ingest', [id], LEASE_MS);
    if (claim === undefined) throw new Error('the article was not to be claimed');
    const article = articleOf(id, { title, body: `${title} ${own.join(' ')}`, source: { key: id, name: id } });
    await store.saveSigned([{ articleId: id, token: claim.token, article, text: textOf(own), cards: [] }]);
    const texts = [...(await store.textsOf([id])).values()];
    const links: [string, string][] = [];
    for (const [hash, others] of await store.candidates(texts)) for (const other of others) links.push([hash, other]);
    await store.assign(await store.claim('cluster', [id], LEASE_MS), links, decide);
    printed.set(id, own);
  };
  const keyOf = () => pick(printed.get(pick([...printed.keys()])) ?? []);
  const another = () => `a${++articles}`;
  const decided: number[] = [];
  /** People set apart, make one and pin whatever they come upon, and take it back. */
  const byHand = async () => {
    const [id, other] = [pick([...printed.keys()]), pick([...printed.keys()])];
    const [story, into] = await Promise.all([id, other].map(async (each) => (await store.article(each))?.story ?? ''));
    const asked = { storyId: story ?? '', note: null, by: null };
    const wanted = pick<() => Promise<unknown>>([
      () => store.decideByHand({ ...asked, kind: 'split', articleIds: [id] }, decide),
      () => store.decideByHand({ ...asked, kind: 'merge', mergedIds: [into ?? ''] }, decide),
      () => store.decideByHand({ ...asked, kind: 'pin', articleIds: [id] }, decide),
      () => store.withdrawDecision(decided.shift() ?? 0, null, decide),
    ]);
    const outcome = (await wanted()) as DecisionOutcome | null;
    if (outcome !== null && 'ok' in outcome && outcome.ok) decided.push(outcome.decision.id);
  };
  const steps: [share: number, step: () => Promise<unknown>][] = [
    [0.07, byHand],
    [0.28, () => print(another(), [++keys], `News ${keys}`)],
    [0.3, () => print(another(), [keyOf(), ++keys], `News ${keys}`)],
    [0.15, () => print(another(), [keyOf(), keyOf()], 'News of two')],
    [0.1, () => print(pick([...printed.keys()]), [++keys], `Another story ${keys}`)],
    [0.05, () => print(pick([...printed.keys()]), [keyOf()], `Corrected ${++articles}`)],
    [
      0.05,
      async () => {
        const id = pick([...printed.keys()]);
        printed.delete(id);
        await store.remove(id, decide);
      },
    ],
  ];
  return async () => {
    if (printed.size < 4) return print(another(), [++keys], `News ${keys}`);
    let left = random();
    for (const [share, step] of steps) {
      left -= share;
      if (left < 0) return step();
    }
    return steps[1]?.[1]();
  };
}

interface Seen {
  updated: string;
  text: string;
}

/** A reader as they are: it keeps ids, follows links to older pages until it knows all of a page, and remembers the ETag. */
function feedReader() {
  const known = new Map<string, Seen>();
  const told: string[] = [];
  let etag: string | null = null;
  const readPage = async (path: string, first: boolean): Promise<string | null> => {
    const headers = first && etag !== null ? { 'if-none-match': etag } : {};
    const response = await service.ask(path, { headers });
    if (response.status === 304) return null;
    if (first) etag = response.headers.get('etag');
    const feed = parseXml(await response.text());
    const entries = all(feed, `${ATOM} entry`);
    let isNew = false;
    for (const entry of entries) {
      const of = (name: string) => all(entry, `${ATOM} ${name}`)[0]?.text ?? '';
      if (!known.has(of('id'))) {
        isNew = true;
        told.push(of('id'));
      }
      known.set(of('id'), { updated: of('updated'), text: `${of('title')}\n${of('summary')}` });
    }
    const next = all(feed, `${ATOM} link`).find(({ attributes }) => attributes.rel === 'next');
    return isNew && next !== undefined ? (next.attributes.href ?? '').slice(service.api.url.length) : null;
  };
  return {
    known,
    told,
    async poll() {
      for (let path = await readPage(`/v1/stories.atom?limit=${PAGE}`, true); path !== null; )
        path = await readPage(path, false);
    },
  };
}

const storyOf = (id: string) => id.replace(/^.*story\//, '');

test('a reader who polls through joins, merges and splits sees no story twice, and misses none', async () => {
  const { store } = service;
  const step = newsroom(store, seededRandom(SEED));
  const reader = feedReader();
  const lives = new Set<string>();
  for (let change = 1; change <= CHANGES; change++) {
    await step();
    if (change % POLL_EVERY !== 0) continue;
    const before = new Map(reader.known);
    await reader.poll();
    for (const { id } of (await store.storyHeads(QUERY)).heads) lives.add(id);
    for (const [id, { updated, text }] of reader.known) {
      const last = before.get(id);
      if (last !== undefined && last.text === text) expect.soft(updated, id).toBe(last.updated);
      if (last !== undefined && last.text !== text) expect.soft(updated > last.updated, id).toBe(true);
    }
  }
  expect(new Set(reader.told).size).toBe(reader.told.length);
  expect(new Set(reader.told.map(storyOf))).toEqual(lives);
  const { kinds, byHand } = await countKinds(store);
  expect(byHand).toBeGreaterThan(20);
  const happened = [
    'created',
    'mirror-joined',
    'mirror-left',
    'canonical-changed',
    'merged',
    'split',
    'removed',
    'ended',
  ];
  expect(happened.filter((kind) => (kinds.get(kind) ?? 0) < 5)).toEqual([]);
  // What a reader takes for a new story began as one, or was split off one.
  expect(reader.told.length).toBeLessThanOrEqual((kinds.get('created') ?? 0) + (kinds.get('split') ?? 0));
}, 600_000);

const QUERY = { cursor: null, limit: 500, since: null, source: null, language: null, minMirrors: 0, q: null };

async function countKinds(store: Store): Promise<{ kinds: Map<string, number>; byHand: number }> {
  const kinds = new Map<string, number>();
  let byHand = 0;
  let after = 'start';
  for (;;) {
    const page = await store.changes({ after, kinds: null, limit: 1_000 });
    if (page === null) throw new Error('the log was pruned');
    for (const { kind, detail } of page.changes) {
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (detail.cause === 'by hand') byHand++;
    }
    after = page.nextCursor;
    if (!page.hasMore) return { kinds, byHand };
  }
}
