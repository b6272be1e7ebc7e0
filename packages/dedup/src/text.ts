/** A text made ready for comparing. Two texts with equal `hash` are the same after folding. Immutable once made. */
export interface SignedText {
  /** Version of the parameters that made it; texts of different versions are never compared. */
  version: number;
  /** Lower-case hex of 128 bits over the folded token sequence: the text's identity, free of any order of arrival. */
  hash: string;
  /** Number of tokens. */
  words: number;
  /** The comparison text that was signed: the body without its boilerplate. */
  comparison: string;
  /** The sample of the text's shingles that the candidate index holds, sorted, unique. */
  keys: Uint32Array;
}

/** Shared shingles over all shingles of both, and over those of each side. All between 0 and 1. */
export interface Similarity {
  /** Number of shared shingles. */
  shared: number;
  jaccard: number;
  /** Share of the shingles of `a` that `b` has too. */
  aInB: number;
  /** Share of the shingles of `b` that `a` has too. */
  bInA: number;
}

export type VerdictKind = 'same text' | 'contains' | 'revision' | 'different';

/** One place where a few words stand instead of a few others and both sides hold a number or a name. */
export interface FactChange {
  a: string;
  b: string;
}

/** How much of two texts stands in the same order in both, in words. */
export interface Comparing {
  /** Equal words in the same order, and words that are only spelled in another way. */
  alignedWords: number;
  /** Words that stand against other words, before the first aligned one or between two. */
  replacedWords: number;
  /** Words of the longer text before the first aligned one. */
  wordsBefore: number;
}

/** What was found when two texts were compared, with all that decided it. */
export interface Verdict extends Similarity {
  kind: VerdictKind;
  /** Whether the two belong to one story; true for every kind but `different`. */
  linked: boolean;
  /** The rule that decided, one word from a fixed list, for example `equal`, `jaccard`, `containment`, `facts-differ`, `short`. */
  rule: string;
  /** Null where it had been decided before the words were aligned. */
  comparing: Comparing | null;
  /** The fact guard's figures; null where the similarity had already decided. */
  facts: { changes: number; alignedWords: number; examples: FactChange[] } | null;
}
