import type { PackedForest } from './forest.ts';

/** A model of the body as it stands in a file. */
export interface PackedModel {
  /** Names of the features that it was trained on, in order: those of a block, then those of its context. */
  features: readonly string[];
  first: PackedForest;
  second: PackedForest;
}
