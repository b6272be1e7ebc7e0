import type { Credit, Published, SpellingClaim } from '@wirefold/article';
import type { Decision, ExistingStory, Member } from '@wirefold/story';
import type { TextCache } from '../recent-cache.ts';
import type { Claim, Component } from '../store.ts';
import { type Runner, rowsOf, TryAgain } from '../transaction.ts';
import { CLAIMS_JSON } from './aliases.ts';
import { decisionsInForce, IS_DECIDED, textsOfDecisions } from './decision-rows.ts';
import { textsById } from './texts.ts';

// NO KEY UPDATE, here and wherever articles are locked: it lets others refer to the row by foreign key in the meantime.
const LOCK_CLAIMED = {
  name: 'assign_lock_claimed',
  text: `
    select a.id, exists (select from placement p where p.article_id = a.id) as is_placed
    from article a join unnest($1::text[], $2::bigint[]) as c (id, token) on c.id = a.id and c.token = a.token
    where a.state = 'signed'
    order by a.id for no key update of a`,
};

const INVOLVED = {
  name: 'assign_involved',
  text: `
    with involved as (
      select text_id from content where article_id = any($1)
      union
      select unnest($2::bigint[])
      union
      select c.text_id from placement own
        join placement fellow on fellow.story_id = own.story_id join content c on c.article_id = fellow.article_id
      where own.article_id = any($1)
    )
    select text_id, label from component join involved using (text_id)`,
};

const LOCK_COMPONENTS = {
  name: 'assign_lock_components',
  text: 'select text_id, label from component where label = any($1) order by text_id for no key update',
};

const COMPONENT_SIZE = {
  name: 'assign_component_size',
  text: 'select count(*) as texts from component where label = any($1)',
};

const MEMBERS = {
  name: 'assign_members',
  text: `
    select c.article_id, c.text_id, t.hash, coalesce(c.read_url, a.url) as url, c.source_key, c.source_name, c.published, c.credit,
      c.boilerplate_words, c.signed_at, p.story_id, p.digest, ${CLAIMS_JSON} as claims,
      a.gone_since is not null as is_gone, ${IS_DECIDED} as is_decided
    from content c join article a on a.id = c.article_id join text t on t.id = c.text_id
      left join placement p on p.article_id = c.article_id
    where c.text_id = any($1) and (a.state in ('signed', 'done') or p.article_id is not null)
    order by c.article_id`,
};

const STORIES = {
  name: 'assign_stories',
  text: `
    select s.id, s.created_at, s.canonical, s.canonical_signed_at, s.digest,
      array(select p.article_id from placement p where p.story_id = s.id order by p.article_id) as article_ids
    from story s where s.id = any($1) order by s.id`,
};

const TEXTS_OF_ARTICLES = {
  name: 'assign_texts_of_articles',
  text: 'select text_id from content where article_id = any($1)',
};

interface Labelled {
  text_id: string;
  label: string;
}

interface MemberRow {
  article_id: string;
  text_id: string;
  hash: string;
  url: string | null;
  source_key: string;
  source_name: string;
  published: Published | null;
  credit: Credit;
  boilerplate_words: number;
  signed_at: Date;
  is_gone: boolean;
  story_id: string | null;
  digest: string | null;
  claims: SpellingClaim[] | null;
  is_decided: boolean;
}

interface StoryRow {
  id: string;
  created_at: Date;
  canonical: string;
  canonical_signed_at: Date;
  digest: string;
  article_ids: string[];
}

/** What the store knows beside the pure component, to write no more than what changed. */
export interface Standing {
  members: Map<string, { sourceKey: string; signedAt: string; placement: string | null }>;
  stories: Map<string, { canonical: string; canonicalSignedAt: string; digest: string }>;
}

interface Locked {
  component: Component;
  standing: Standing;
}

/** Locks the articles of the claims whose token is current. */
/** The claimed articles whose claim is current, and which of them stand in a story already. */
export async function lockClaimed(runner: Runner, claims: Claim[]): Promise<{ id: string; is_placed: boolean }[]> {
  return rowsOf<{ id: string; is_placed: boolean }>(runner, LOCK_CLAIMED, [
    claims.map(({ articleId }) => articleId),
    claims.map(({ token }) => token),
  ]);
}

/** Locks every text of every component that is involved, in the order of text ids. Throws `TryAgain` where one grew meanwhile. */
export async function lockComponents(
  runner: Runner,
  articleIds: string[],
  textIds: number[],
): Promise<Map<number, number>> {
  const involved = () => rowsOf<Labelled>(runner, INVOLVED, [articleIds, textIds]);
  const labels = [...new Set((await involved()).map(({ label }) => label))];
  const locked = await rowsOf<Labelled>(runner, LOCK_COMPONENTS, [labels]);
  const byText = new Map(locked.map(({ text_id, label }) => [Number(text_id), Number(label)]));
  // Each of these two sees what others committed while the locks were waited for. From here on nobody else can change a label
  // of these components: that takes the locks that are now held.
  const sizes = await rowsOf<{ texts: string }>(runner, COMPONENT_SIZE, [labels]);
  if (Number(sizes[0]?.texts) !== byText.size) throw new TryAgain();
  for (const { text_id } of await involved()) if (!byText.has(Number(text_id))) throw new TryAgain();
  return byText;
}

function memberOf(row: MemberRow): Member {
  return {
    articleId: row.article_id,
    textHash: row.hash,
    url: row.url,
    source: { key: row.source_key, name: row.source_name },
    published: row.published,
    credit: row.credit,
    boilerplateWords: row.boilerplate_words,
    claims: row.claims,
    isGone: row.is_gone,
  };
}

function standingOf(members: MemberRow[], stories: StoryRow[]): Standing {
  return {
    members: new Map(
      members.map((row) => [
        row.article_id,
        { sourceKey: row.source_key, signedAt: row.signed_at.toISOString(), placement: row.digest },
      ]),
    ),
    stories: new Map(
      stories.map((row) => [
        row.id,
        { canonical: row.canonical, canonicalSignedAt: row.canonical_signed_at.toISOString(), digest: row.digest },
      ]),
    ),
  };
}

/**
 * The decisions in force about these members. What a merge names beside them is added to `more`, to be locked next time: whoever decides
 * has to see all of it.
 */
async function decisionsAbout(
  runner: Runner,
  members: MemberRow[],
  labels: Map<number, number>,
  more: Set<number>,
): Promise<Decision[]> {
  if (!members.some(({ is_decided }) => is_decided)) return [];
  const hashes = [...new Set(members.map(({ hash }) => hash))];
  const decisions = await decisionsInForce(
    runner,
    members.map(({ article_id }) => article_id),
    hashes,
  );
  const merges = decisions.filter(({ kind }) => kind === 'merge').map(({ id }) => id);
  const strangers = (await textsOfDecisions(runner, merges)).filter((id) => !labels.has(id));
  for (const id of strangers) more.add(id);
  if (strangers.length > 0) throw new TryAgain();
  return decisions;
}

/**
 * All that the locked components hold. An article of a story may print a text that is not locked, because it was signed anew
 * since it was placed: then that text is added to `more`, to be locked next time, and `TryAgain` is thrown.
 */
export async function readComponent(
  runner: Runner,
  cache: TextCache,
  labels: Map<number, number>,
  more: Set<number>,
): Promise<Locked> {
  const members = await rowsOf<MemberRow>(runner, MEMBERS, [[...labels.keys()]]);
  const storyIds = [...new Set(members.flatMap(({ story_id }) => story_id ?? []))];
  const stories = storyIds.length === 0 ? [] : await rowsOf<StoryRow>(runner, STORIES, [storyIds]);
  const known = new Set(members.map(({ article_id }) => article_id));
  const strangers = stories.flatMap(({ article_ids }) => article_ids.filter((id) => !known.has(id)));
  if (strangers.length > 0) {
    const rows = await rowsOf<{ text_id: string }>(runner, TEXTS_OF_ARTICLES, [strangers]);
    for (const { text_id } of rows) more.add(Number(text_id));
    throw new TryAgain();
  }
  const decisions = await decisionsAbout(runner, members, labels, more);
  const texts = await textsById(runner, cache, [...new Set(members.map(({ text_id }) => Number(text_id)))]);
  const existing: ExistingStory[] = stories.map((row) => ({
    id: row.id,
    createdAt: row.created_at.toISOString(),
    canonical: row.canonical,
    articleIds: row.article_ids,
  }));
  return {
    component: {
      texts: [...texts.values()].sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.version - b.version)),
      members: members.map(memberOf),
      stories: existing,
      decisions,
    },
    standing: standingOf(members, stories),
  };
}
