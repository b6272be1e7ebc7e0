import type { ArticleState, Submission } from '../store.ts';

/** What is known of an article that is asked for again. */
interface Known {
  id: string;
  canonical_url: string | null;
  state: ArticleState;
  pushed_hash: string | null;
}

/**
 * How a done article is read again. One that is on its way is read or placed anyhow, and one without a URL can only be pushed again.
 * What was a card is an article by itself from then on: no later card replaces it.
 */
export function refetchOf(known: Known, { refetch }: Submission) {
  if (refetch !== true || known.state !== 'done' || known.canonical_url === null) return null;
  const { id, pushed_hash: hash } = known;
  return { id, state: 'submitted' as const, content: null, hash, isCard: false, supersedes: null };
}
