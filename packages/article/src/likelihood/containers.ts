/** What each element of a page holds: how many words, how many of them in links, how much prose. */
import type { PageNode } from '../scanned.ts';
import { type Groups, hasGroup } from './labels.ts';

/** What the sums need to know of a block. */
export interface Weighed {
  node: PageNode;
  words: number;
  linkShare: number;
  isProse: boolean;
}

export interface Container {
  words: number;
  linkWords: number;
  proseWords: number;
  blocks: number;
}

export const EMPTY_CONTAINER: Container = { words: 0, linkWords: 0, proseWords: 0, blocks: 0 };

export type Containers = ReadonlyMap<PageNode, Container>;

export function containersOf(blocks: readonly Weighed[]): Containers {
  const containers = new Map<PageNode, Container>();
  for (const block of blocks) {
    for (let node: PageNode | null = block.node; node !== null; node = node.parent) {
      let container = containers.get(node);
      if (container === undefined) {
        container = { ...EMPTY_CONTAINER };
        containers.set(node, container);
      }
      addTo(container, block);
    }
  }
  return containers;
}

export function addTo(sum: Container, { words, linkShare, isProse }: Omit<Weighed, 'node'>): void {
  sum.words += words;
  sum.linkWords += words * linkShare;
  sum.blocks += 1;
  if (isProse) sum.proseWords += words;
}

/** Blocks of fewer words or more links say nothing about where the article is. */
const VOTE_WORDS_MIN = 8;
const VOTE_LINK_SHARE_MAX = 0.5;
/** A paragraph votes for the element around it, and less for those further out. */
const VOTE_LEVELS = [1, 0.6, 0.3, 0.15];
const LEAF_TAGS: ReadonlySet<string> = new Set(['p', 'li', 'blockquote', 'h2', 'h3']);

/** The element that most paragraphs vote for, after the scoring of Readability (Arc90): a guess that the model sees and may overrule. */
export function likelyBody(
  blocks: readonly Weighed[],
  containers: Containers,
  groupsOf: (node: PageNode) => Groups,
): PageNode | null {
  const votes = new Map<PageNode, number>();
  for (const block of blocks) {
    if (block.words < VOTE_WORDS_MIN || block.linkShare > VOTE_LINK_SHARE_MAX) continue;
    const vote = (1 + Math.min(3, block.words / 20)) * (1 - block.linkShare);
    let node: PageNode | null = LEAF_TAGS.has(block.node.tag) ? block.node.parent : block.node;
    for (const share of VOTE_LEVELS) {
      if (node === null) break;
      votes.set(node, (votes.get(node) ?? 0) + vote * share);
      node = node.parent;
    }
  }
  let best: PageNode | null = null;
  let most = 0;
  for (const [node, sum] of votes) {
    const score = sum * trustIn(node, containers, groupsOf(node));
    if (score > most) {
      best = node;
      most = score;
    }
  }
  return best;
}

const DOUBTFUL = ['comment', 'related', 'navigation', 'footer', 'side', 'overlay'] as const;

function trustIn(node: PageNode, containers: Containers, groups: Groups): number {
  const { linkWords, words } = containers.get(node) ?? EMPTY_CONTAINER;
  let trust = 1 - linkWords / Math.max(1, words);
  if (DOUBTFUL.some((group) => hasGroup(groups, group))) trust *= 0.5;
  if (hasGroup(groups, 'body')) trust *= 1.4;
  if (node.tag === 'article' || node.tag === 'main') trust *= 1.15;
  return trust;
}
