/** Looks agencies up by the names, signs and domains under which their copy appears. */
import { getDomain } from 'tldts';
import { AGENCIES, type AgencyEntry } from './agencies.ts';
import { foldName } from './fold.ts';

/** Up to here a name is a sign, and letter case counts: a person may be called Sid. */
const SIGN_CHARS_MAX = 5;

const byCode = new Map<string, AgencyEntry>();
const byWeakCode = new Map<string, AgencyEntry>();
const byName = new Map<string, AgencyEntry>();
const byDomain = new Map<string, AgencyEntry>();
for (const entry of AGENCIES) {
  for (const code of entry.codes) byCode.set(code, entry);
  for (const code of entry.weakCodes) if (!byWeakCode.has(code)) byWeakCode.set(code, entry);
  for (const name of [entry.name, ...entry.aliases]) {
    const isSign = name.length <= SIGN_CHARS_MAX;
    if (isSign && !entry.weakCodes.includes(name)) byCode.set(name, entry);
    if (!isSign) byName.set(nameKey(name), entry);
  }
  for (const domain of entry.domains) byDomain.set(domain, entry);
}

function nameKey(name: string): string {
  return foldName(name)
    .replace(/^the /, '')
    .replace(/[.,;:]$/, '');
}

/** The agency that a name or sign means as a whole, whatever stands around it: `Associated Press`, `the AP`, `dpa`. */
export function agencyOfName(name: string): AgencyEntry | null {
  const text = name.trim().replace(/^[Tt]he (?=\p{Lu}{2,6}$)/u, '');
  return byCode.get(text) ?? byName.get(nameKey(name)) ?? null;
}

/** The same where the place of the sign leaves little doubt, so that weak signs count too: `ANKARA (AA)`. */
export function agencyOfSign(sign: string): AgencyEntry | null {
  return agencyOfName(sign) ?? byWeakCode.get(sign.trim()) ?? null;
}

/** The agency whose own site a domain or URL is. */
export function agencyOfUrl(url: string): AgencyEntry | null {
  const domain = getDomain(url);
  return domain === null ? null : (byDomain.get(domain) ?? null);
}

const LIST_PARTS_MAX = 12;

/** The first of `AP/dpa` or `AFP, Reuters` that is known. */
export function agencyOfList(names: string, find = agencyOfName): AgencyEntry | null {
  const whole = find(names);
  if (whole !== null) return whole;
  for (const part of names.split(/[/,&+|;=＝]|\s(?:and|und|et|y|e|og|och|en|via)\s/u).slice(0, LIST_PARTS_MAX)) {
    const found = find(part);
    if (found !== null) return found;
  }
  return null;
}

const LONGEST_NAME_WORDS = 5;
const NAME_WORD = /[\p{L}\p{N}][\p{L}\p{N}.'’/-]*/gu;

/** The first agency that is named anywhere in a short text, by full name or by sign. */
export function agencyNamedIn(text: string): AgencyEntry | null {
  const words = wordsOf(text);
  for (let first = 0; first < words.length; first += 1) {
    const found = agencyOfWords(text, words, first);
    if (found !== null) return found;
  }
  return null;
}

/** The agency whose name a text begins with. */
export function agencyAtStart(text: string): AgencyEntry | null {
  const words = wordsOf(text.slice(0, 120));
  const isThe = words[0]?.[0].toLowerCase() === 'the';
  return agencyOfWords(text, words, 0) ?? (isThe ? agencyOfWords(text, words, 1) : null);
}

function wordsOf(text: string): RegExpExecArray[] {
  return [...text.matchAll(NAME_WORD)];
}

/** The longest name wins: `Australian Associated Press` is not `Associated Press`. */
function agencyOfWords(text: string, words: readonly RegExpExecArray[], first: number): AgencyEntry | null {
  const from = words[first]?.index ?? 0;
  for (let count = Math.min(LONGEST_NAME_WORDS, words.length - first); count > 0; count -= 1) {
    const last = words[first + count - 1];
    if (last === undefined) continue;
    const found = agencyOfName(text.slice(from, last.index + last[0].length).replace(/[.'’/-]+$/u, ''));
    if (found !== null) return found;
  }
  return null;
}
