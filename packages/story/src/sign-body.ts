import { type BoilerplateSpan, comparisonText } from '@wirefold/article';
import { type Furniture, furnitureIn, type SignedText, sign } from '@wirefold/dedup';

/** The rule of a span that the source repeats from article to article. */
const LEARNED = 'learned';

/** A body and the spans of it that rules found to be the site's. Learned spans among them count as not given. */
export interface SignableBody {
  body: string;
  boilerplate: BoilerplateSpan[];
}

export interface SignedBody {
  text: SignedText;
  /** What was left out of the text, found and learned: sorted, disjoint. */
  boilerplate: BoilerplateSpan[];
  boilerplateWords: number;
}

/**
 * The one place where a body becomes the text that is compared: without what rules found and without what its source repeats. Pure, and
 * the same when it is done again with its own result, so that an article can be signed again when its source's furniture changed.
 */
export function signBody({ body, boilerplate }: SignableBody, furniture: Furniture): SignedBody {
  const found = boilerplate.filter(({ rule }) => rule !== LEARNED);
  const learned = furnitureIn(body, furniture).flatMap((span) => outside(span, found));
  const merged = [...found, ...learned].sort((a, b) => a.start - b.start);
  const { text, boilerplateWords } = comparisonText(body, merged);
  return { text: sign(text), boilerplate: merged, boilerplateWords };
}

/** Whether two bodies have one signature, with the same furniture: the same words, and the same of them found to be the site's. */
export function isSignedAlike(a: SignableBody, b: SignableBody): boolean {
  const found = ({ boilerplate }: SignableBody) => boilerplate.filter(({ rule }) => rule !== LEARNED);
  const [ours, theirs] = [found(a), found(b)];
  return (
    a.body === b.body &&
    ours.length === theirs.length &&
    ours.every(({ start, end, rule }, at) => {
      const other = theirs[at];
      return start === other?.start && end === other.end && rule === other.rule;
    })
  );
}

/** The parts of a span that lie in none of the others; those are sorted and disjoint, and stay whole, so that they are found again. */
function outside(span: { start: number; end: number }, others: BoilerplateSpan[]): BoilerplateSpan[] {
  const parts: BoilerplateSpan[] = [];
  let from = span.start;
  for (const { start, end } of others) {
    if (end <= from || start >= span.end) continue;
    if (start > from) parts.push({ start: from, end: start, rule: LEARNED });
    from = end;
  }
  if (from < span.end) parts.push({ start: from, end: span.end, rule: LEARNED });
  return parts;
}
