export { type CandidateIndex, createCandidateIndex } from './candidate-index.ts';
export { PARAMS } from './params.ts';
export { printedSimilarity } from './printed.ts';
export { sign } from './signature.ts';
export type { FactChange, SignedText, Similarity, Verdict, VerdictKind } from './text.ts';
export { judge, judgeLink, mirrored, type Rule } from './verdict.ts';
