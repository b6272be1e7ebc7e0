/** Who is named above a text: `By JANE ROE, Associated Press`. */
import type { AgencyEntry } from './agencies.ts';
import { agencyOfName } from './agency.ts';
import { type Span, splitLines } from './sentences.ts';

const BYLINE_CHARS_MAX = 100;
const BYLINE_WORDS_MAX = 12;
/** A byline stands among the first paragraphs: below a headline, above or below a caption. */
const PARAGRAPHS_MAX = 4;
/** What holds the first paragraphs of any article; more is not looked at. */
const HEAD_CHARS_MAX = 4000;
const BY = /^(?:by|von|par|por|di|da|door|av|af|od|autor|author|written by)\s?:?\s+/i;
const ROLE =
  /[\s,]+(?:staff(?: writers?| reporters?)?|(?:(?:science|sports|business|political|health|national|senior|special) )?(?:writers?|reporters?|correspondents?|editors?)|news|wires?|newswire)$/i;
const SEPARATOR = /[,|/·•;()[\]]|\s(?:and|und|et|y|e|for|of|via|with|-|–|—)\s/u;
const LINKING_WORD = /^(?:and|und|et|y|for|of|in|de|von|van|der|the|staff|writer|reporter|correspondent|[|/&·-]+),?$/i;

/** The agency that a byline names: `Jane Roe | AP`, `By Reuters Staff`, `JOHN ROE Associated Press Writer`. */
export function agencyOfByline(byline: string): AgencyEntry | null {
  const names = byline
    .slice(0, 2 * BYLINE_CHARS_MAX)
    .trim()
    .replace(BY, '');
  for (const part of [names, ...names.split(SEPARATOR)]) {
    const found = agencyOfPart(part.trim());
    if (found !== null) return found;
  }
  return null;
}

function agencyOfPart(part: string): AgencyEntry | null {
  const whole = agencyOfName(part);
  if (whole !== null) return whole;
  const name = part.replace(ROLE, '').trim();
  if (name === part) return null;
  // With the role cut off, the agency may follow a person's name: `JOHN ROE Associated Press Writer`.
  const words = name.split(/\s+/u);
  for (let first = 0; first < words.length; first += 1) {
    const found = agencyOfName(words.slice(first).join(' '));
    if (found !== null) return found;
  }
  return null;
}

/** The byline paragraph at the beginning of a body, without its "By"; null where none stands there. */
export function bylineIn(body: string): (Span & { byline: string }) | null {
  for (const line of splitLines(body.slice(0, HEAD_CHARS_MAX)).slice(0, PARAGRAPHS_MAX)) {
    const text = body.slice(line.start, line.end);
    if (isByline(text)) return { ...line, byline: text.replace(BY, '').trim() };
  }
  return null;
}

/** A short paragraph of `By` and names. "By Friday the storm had passed" has a verb in lower case. */
function isByline(text: string): boolean {
  if (text.length > BYLINE_CHARS_MAX || /[.!?]$/.test(text)) return false;
  if (!/^(?:By|BY|Von|Par|Por|Door)\s?:?\s+\p{Lu}/u.test(text)) return false;
  const words = text.replace(BY, '').split(/\s+/u);
  return (
    words.length <= BYLINE_WORDS_MAX && words.every((word) => /^["'(]?\p{Lu}/u.test(word) || LINKING_WORD.test(word))
  );
}
