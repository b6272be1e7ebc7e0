import { mirrored, type SignedText, type Verdict } from '@wirefold/dedup';

type Judge = (a: SignedText, b: SignedText) => Verdict;

/**
 * A judge that remembers at most `verdictsMax` verdicts by the pair of text hashes. Texts never change, so a verdict never ages; when
 * the memory is full, the half that was not used lately is forgotten.
 */
export function rememberVerdicts(judge: Judge, verdictsMax: number): Judge {
  let young = new Map<string, Verdict>();
  let old = new Map<string, Verdict>();
  const ordered: Judge = (a, b) => {
    const key = `${a.version} ${a.hash} ${b.version} ${b.hash}`;
    const known = young.get(key);
    if (known !== undefined) return known;
    const verdict = old.get(key) ?? judge(a, b);
    if (young.size >= verdictsMax / 2) [old, young] = [young, new Map()];
    young.set(key, verdict);
    return verdict;
  };
  return (a, b) => (a.hash <= b.hash ? ordered(a, b) : mirrored(ordered(b, a)));
}
