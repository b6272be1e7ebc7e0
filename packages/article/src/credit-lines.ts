/** Sentences of a body that say who wrote it, who helped, or who took its pictures. */
import type { AgencyEntry } from './agencies.ts';
import { agencyAtStart, agencyNamedIn, agencyOfList, agencyOfName, agencyOfSign, agencyOfUrl } from './agency.ts';
import { CONTRIBUTION, SIGNATURES, type Signature, WITH_AGENCY } from './credit-phrases.ts';
import { foldMarks } from './fold.ts';
import { originalNamedIn } from './original-name.ts';
import { PHOTO_WORD, photoCreditOf } from './photo-credit.ts';
import { splitLines, splitSentences } from './sentences.ts';

/** A credit line is short; in longer sentences an agency is quoted ("told Reuters"). Also the bound of all patterns here. */
const CREDIT_CHARS_MAX = 400;
/** A bare `(AP)` or `dpa` is a sign-off in the last paragraphs; above them it ends the caption of a picture. */
const TAIL_PARAGRAPHS = 3;
/** The longest names of agencies have four words; a longer line is a phrase. */
const MARKLESS_WORDS_MAX = 4;

export interface CreditLine {
  kind: 'credit-line' | 'originally-appeared' | 'contribution' | 'photo-credit';
  agency: AgencyEntry | null;
  /** The site that it says the text appeared on first. */
  original: string | null;
  text: string;
}

/** A sentence with what its place says: it is a line of its own, it stands in the last paragraphs, it is the last of its paragraph. */
interface Place {
  isLine: boolean;
  isTail: boolean;
  isLast: boolean;
}

/** Longer sentences are only looked at if they hold one of these: a mark or word without which no pattern matches. */
const SHORT_CHARS_MAX = 64;
const TRIGGER =
  /[©/]|\([Cc]\)|[Cc]opyright|COPYRIGHT|urated by|may not be|eporting by|eporte de|eportage|eportagem|Our Standards|Distributed by|Provided by|Cable News|CNN|dpa[:,]|hotos?\b|mages?\b|contributed|syndicated feed|was first published|appeared first on|(?:appeared|published|ran|posted|printed) (?:on|in|at|by|from|with)|republi|zuerst|originalmente|originally|oorspronkelijk|originariamente|initialement|inputs from|ncludes information/;
/** `(AP)` at the end of a line: sentences end before it, and inside a caption it names the photographer's agency. */
const BARE_SIGN = /^[([]?[\p{L}/.& -]{2,30}[)\]]?\.?$/u;

/** The credit lines of a body, in the order of the text. */
export function creditLinesOf(body: string): CreditLine[] {
  const lines = splitLines(body);
  return lines.flatMap((line, number) => {
    const text = body.slice(line.start, line.end);
    const isTail = number >= lines.length - TAIL_PARAGRAPHS;
    const sentences = splitSentences(text);
    return sentences.flatMap(({ start, end }, index) => {
      if (end - start > CREDIT_CHARS_MAX) return [];
      const sentence = text.slice(start, end);
      if (sentence.length > SHORT_CHARS_MAX && !TRIGGER.test(sentence)) return [];
      const place = { isLine: sentences.length === 1, isTail, isLast: index === sentences.length - 1 };
      return creditLine(sentence, place) ?? photoLine(sentence) ?? [];
    });
  });
}

/** The same of lines that stand below a body. A name without a mark is none there: it may be another article's. */
export function signOffsOf(lines: readonly string[]): CreditLine[] {
  return lines.flatMap((line) => {
    const [only, ...more] = creditLinesOf(line);
    const isMarked = /[^\p{L}\s/-]/u.test(line) || line.split(' ').length > MARKLESS_WORDS_MAX;
    return only === undefined || more.length > 0 || only.kind === 'photo-credit' || !isMarked ? [] : [only];
  });
}

function creditLine(text: string, place: Place): CreditLine | null {
  const folded = foldMarks(text);
  const helped = contribution(text, folded);
  if (helped !== null) return helped;
  for (const signature of SIGNATURES) {
    const found = signatureOf(signature, folded, place);
    if (found === null) continue;
    const isCaption = signature.isBare && BARE_SIGN.test(folded) && !place.isTail;
    return { kind: isCaption ? 'photo-credit' : 'credit-line', agency: found.agency, original: null, text };
  }
  return rightsLine(text, folded) ?? originalLine(text, folded);
}

function signatureOf(signature: Signature, folded: string, place: Place): { agency: AgencyEntry | null } | null {
  if (signature.needs === 'line' && !place.isLine) return null;
  if (signature.needs === 'tail-line' && !(place.isLine && place.isTail)) return null;
  if (signature.needs === 'end' && !place.isLast) return null;
  const match = signature.pattern.exec(folded);
  if (match === null) return null;
  if (signature.agency !== undefined) {
    return { agency: signature.agency === null ? null : agencyOfName(signature.agency) };
  }
  const agency = agencyOfList(
    match[1] ?? '',
    signature.takesWeak === true && place.isTail ? agencyOfSign : agencyOfName,
  );
  return agency === null ? null : { agency };
}

/** `AP writers contributed to this report`, `with files from ...`, `avec AFP`: help, and not who wrote it. */
function contribution(text: string, folded: string): CreditLine | null {
  const names = WITH_AGENCY.exec(folded)?.[1];
  const agency =
    (names === undefined ? null : agencyOfList(names)) ?? (CONTRIBUTION.test(folded) ? agencyNamedIn(folded) : null);
  return agency === null ? null : { kind: 'contribution', agency, original: null, text };
}

/** What stands between the sign and the name: `Copyright © 2025 by The Associated Press`. */
const RIGHTS = /(?:^|[\s(])(?:copyright|©|\(c\)) ?(?:© ?)?(?:(?:19|20)\d\d(?:-\d{2,4})?,? )?(?:by )?/i;

/** Behind more words the sign ends the caption of a picture. */
const RIGHTS_REACH_CHARS = 45;

function rightsLine(text: string, folded: string): CreditLine | null {
  const name = RIGHTS.exec(folded);
  if (name === null || name.index > RIGHTS_REACH_CHARS || PHOTO_WORD.test(folded)) return null;
  const holder = folded.slice(name.index + name[0].length);
  // `© dpa | Jane Roe` names a photographer.
  const agency = /^[^.]{2,30}\s?[|/]\s?\p{Lu}/u.test(holder) ? null : agencyAtStart(holder);
  return agency === null ? null : { kind: 'credit-line', agency, original: null, text };
}

function originalLine(text: string, folded: string): CreditLine | null {
  const original = originalNamedIn(folded);
  if (original === null) return null;
  const agency = agencyOfList(original) ?? agencyOfUrl(original.toLowerCase());
  return { kind: 'originally-appeared', agency, original, text };
}

function photoLine(text: string): CreditLine | null {
  const agency = photoCreditOf(text);
  return agency === null ? null : { kind: 'photo-credit', agency, original: null, text };
}
