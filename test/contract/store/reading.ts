import type { OpenedStore, StoryQuery } from '@wirefold/store';
import { BadCursor, MIRRORS_SHOWN_MAX } from '@wirefold/store';
import { expect, it } from 'vitest';
import { ALL, age, cluster, DEADLINE, LEASE_MS, publish, signedText, submission } from './fixtures.ts';

export function describePages(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a page shows each story once, newest first, and skips none while others are added', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index++) ids.push(await publish(store(), `p${index}`, [index]));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await store().stories({ ...ALL, limit: 2, cursor });
      seen.push(...page.stories.map(({ id }) => id));
      cursor = page.nextCursor;
      if (seen.length < 6) await publish(store(), `late${seen.length}`, [100 + seen.length]);
    } while (cursor !== null);
    expect(seen).toEqual([...ids].reverse());
  });

  it('pages through stories of the same millisecond', async () => {
    for (let index = 0; index < 5; index++) await publish(store(), `p${index}`, [index]);
    await opened().pool.query("update story set created_at = '2026-01-01T00:00:00.123Z'");
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const page = await store().stories({ ...ALL, limit: 2, cursor });
      for (const { id } of page.stories) seen.add(id);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.size).toBe(5);
  });

  it.each([
    '',
    'nonsense',
    Buffer.from('["yesterday","x"]').toString('base64url'),
    Buffer.from('[1]').toString('base64url'),
  ])('refuses the cursor %j', async (cursor) => {
    await expect(store().stories({ ...ALL, cursor })).rejects.toBeInstanceOf(BadCursor);
  });
}

export function describeFilters(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('filters by source of any copy, language, mirrors and time of change', async () => {
    const one = await publish(store(), 'a', [1]);
    await publish(store(), 'a2', [1, 2], { source: { key: 'post.example', name: 'Post' } });
    const two = await publish(store(), 'b', [5], { language: 'de' });
    const ids = async (query: Partial<StoryQuery>) =>
      (await store().stories({ ...ALL, ...query })).stories.map(({ id }) => id);
    expect(await ids({ source: 'post.example' })).toEqual([one]);
    expect(await ids({ source: 'paper.example' })).toEqual([two, one]);
    expect(await ids({ language: 'de' })).toEqual([two]);
    expect(await ids({ minMirrors: 1 })).toEqual([one]);
    const updatedAt = (await store().story(two))?.story.updatedAt ?? '';
    expect(await ids({ since: updatedAt })).toEqual([two]);
  });

  it('filters by the number of origins', async () => {
    await publish(store(), 'a', [1]);
    const two = await publish(store(), 'b', [5]);
    const origin = { key: 'ap', name: 'Associated Press', isAgency: true, evidence: 'dateline' };
    const origins = JSON.stringify([origin, { ...origin, key: 'reuters', name: 'Reuters' }]);
    await opened().pool.query(`update story set summary = jsonb_set(summary, '{origins}', $2) where id = $1`, [
      two,
      origins,
    ]);
    const ids = async (minOrigins: number) =>
      (await store().stories({ ...ALL, minOrigins })).stories.map(({ id }) => id);
    expect(await ids(1)).toHaveLength(2);
    expect(await ids(2)).toEqual([two]);
    expect(await ids(3)).toEqual([]);
  });

  it('lists the sources with the most articles', async () => {
    const source = { key: 'post.example', name: 'Post' };
    for (const [index, name] of ['a', 'b', 'c'].entries()) await publish(store(), name, [index * 5], { source });
    await publish(store(), 'd', [20]);
    expect(await store().outlets(10)).toEqual([
      { key: 'post.example', name: 'Post', articles: 3 },
      { key: 'paper.example', name: 'Paper', articles: 1 },
    ]);
    expect(await store().outlets(1)).toHaveLength(1);
  });

  it('searches the title and the body of the canonical, in web search syntax', async () => {
    const one = await publish(store(), 'a', [1], { title: 'Ferry sinks', body: 'Nobody was hurt in Ångström bay.' });
    const two = await publish(store(), 'b', [2], { title: 'Ferry sails', body: 'Again.' });
    const ids = async (q: string) => (await store().stories({ ...ALL, q })).stories.map(({ id }) => id);
    expect(await ids('ferry')).toEqual([two, one]);
    expect(await ids('ferry -sails')).toEqual([one]);
    expect(await ids('ångström')).toEqual([one]);
    expect(await ids('"was hurt" \0 :*&|!')).toEqual([one]);
    expect(await ids('  ')).toEqual([two, one]);
  });
}

export function describeStory(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('shows at most so many mirrors, by time, and counts them all', async () => {
    const count = MIRRORS_SHOWN_MAX + 3;
    const ids = Array.from({ length: count }, (_, index) => `z${String(index).padStart(4, '0')}`);
    await publish(store(), 'a', [1]);
    await store().submit(ids.map((id) => submission(id)));
    const claims = await store().claim('ingest', ids, LEASE_MS);
    const article = (await store().article('a'))?.article;
    if (!article) throw new Error('a has no article');
    await store().saveSigned(
      claims.map(({ articleId, token }) => ({ articleId, token, article, text: signedText(1), cards: [] })),
    );
    await opened().pool.query(
      `update content set published = '{"at":"2025-01-01T00:00:00.000Z"}' where article_id = $1`,
      [ids.at(-1)],
    );
    await cluster(store(), await store().claim('cluster', ids, LEASE_MS));
    const story = (await store().story((await store().article('a'))?.story ?? ''))?.story;
    expect(story?.mirrors).toBe(count);
    expect(story?.mirrorList).toHaveLength(MIRRORS_SHOWN_MAX);
    expect(story?.mirrorList.slice(0, 2).map(({ articleId }) => articleId)).toEqual([ids.at(-1), ids[0]]);
  });

  it('opens with whole words, and tells its log', async () => {
    const body = `${'harbour '.repeat(80)}\n\nend`;
    const story = (await store().story(await publish(store(), 'a', [1], { body })))?.story;
    expect(story?.lead.length).toBeLessThanOrEqual(400);
    expect(story?.lead).toMatch(/^(harbour )+harbour$/);
    expect(story?.body).toBe(body);
    expect(story?.log).toMatchObject([{ kind: 'created' }]);
  });

  it('answers null for what it does not know', async () => {
    expect(await store().story('nowhere')).toBeNull();
    expect(await store().article('nowhere\0')).toBeNull();
    expect(await store().articleByUrl('https://nowhere.example/')).toBeNull();
    await store().submit([submission('a')]);
    expect(await store().articleByUrl('https://paper.example/a')).toMatchObject({
      id: 'a',
      article: null,
      story: null,
    });
    await store().ping();
  });
}

export function describeAudit(opened: () => OpenedStore): void {
  it('finds what was broken on purpose, and nothing before', async () => {
    const { store, pool } = opened();
    const [a, b, c] = [await publish(store, 'a', [1]), await publish(store, 'b', [2]), await publish(store, 'c', [3])];
    await publish(store, 'ab', [1, 2]);
    await publish(store, 'd', [4]);
    await store.submit([submission('late')]);
    expect(await store.audit(DEADLINE)).toEqual([]);
    await age(opened(), 'late', DEADLINE.deadlineMs + 1);
    await pool.query("delete from placement where article_id = 'd'");
    await pool.query('update story set merged_into = $2 where id = $1', [a, c]);
    const found = (await store.audit(DEADLINE)).map(({ invariant, id }) => `${invariant} ${id}`);
    expect(found).toContain('I1 late');
    expect(found).toContain('I2 d');
    expect(found).toContain('I2 a');
    expect(found.some((each) => each.startsWith('I3 story-'))).toBe(true);
    expect(found).toContain(`I4 ${b}`);
  });
}
