export { buildCandidateTable, type CandidateTable, createCandidateWalk } from './candidate-table.ts';
export { type Check, figureText } from './checks.ts';
export { type Explanation, explain } from './explain.ts';
export {
  FURNITURE_SAMPLE_ARTICLES,
  type Furniture,
  type FurnitureSpan,
  furnitureIn,
  learnFurniture,
  NO_FURNITURE,
  type PrintedText,
} from './furniture.ts';
export { createKeyCounter, KEY_COUNTER_TEXTS } from './key-counter.ts';
export { judgeLink } from './link.ts';
export { PARAMS } from './params.ts';
export { printedSimilarity } from './printed.ts';
export {
  containmentByKeys,
  keysNeeded,
  reachOf,
  type SampleReach,
  shareKey,
  sign,
  signToCompare,
} from './signature.ts';
export { type KeyedPlaces, sortKeys } from './sort-keys.ts';
export type { FactChange, SignedText, Similarity, Verdict, VerdictKind } from './text.ts';
export { judge, mirrored, type Rule } from './verdict.ts';
