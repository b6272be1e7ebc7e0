/** Sentences of a body that say who wrote it or who took its pictures. */
import type { AgencyEntry } from './agencies.ts';
import { agencyAtStart, agencyNamedIn, agencyOfList, agencyOfName, agencyOfUrl } from './agency.ts';
import { foldMarks } from './fold.ts';
import { monthOf } from './months.ts';
import { splitSentences } from './sentences.ts';

/** A credit line is short; in longer sentences an agency is quoted ("told Reuters"). Also the bound of all patterns here. */
const CREDIT_CHARS_MAX = 400;

export interface CreditLine {
  kind: 'credit-line' | 'originally-appeared' | 'photo-credit';
  agency: AgencyEntry | null;
  /** The site that it says the text appeared on first. */
  original: string | null;
  text: string;
}

/** Phrases that only one agency puts under its copy, or that name the agency in a group. */
const SIGNATURES: readonly { pattern: RegExp; agency: string | null }[] = [
  { pattern: /\bcurated by (?:the )?(?:AP|Associated Press) photo editors?\b/i, agency: 'AP' },
  { pattern: /^This material may not be published, broadcast, rewritten,? or redistributed\b/i, agency: 'AP' },
  { pattern: /^Our Standards: The Thomson Reuters Trust Principles\b/i, agency: 'Reuters' },
  {
    pattern:
      /^[([]?(?:Additional )?Reporting by [^()]{3,200};? {0,2}(?:Additional reporting|Editing|Writing) by [^()]{3,160}[)\]]?\.?$/i,
    agency: 'Reuters',
  },
  { pattern: /^(?:© ?)?dpa(?:-infocom|-AFX|-tmn)?,? dpa:\d{6}-\d{1,4}-\d{1,9}(?:\/\d{1,3})?$/i, agency: 'dpa' },
  { pattern: /\bDistributed by (Tribune Content Agency)\b/i, agency: null },
  { pattern: /^(?:™|TM) ?(?:&|and) ?© ?\d{4} Cable News Network\b/i, agency: 'CNN' },
  { pattern: /^(?:The[- ])?(CNN[- ]Wire)\b/i, agency: 'CNN' },
  { pattern: /^(?:Source|Quelle|Fuente|Fonte|Agency|Agencia)\s?: ?(.{2,40}?)\.?$/i, agency: null },
  { pattern: /^(?:--? ?|[([])(?:with )?([\p{L}/-]{2,30}(?: [\p{L}-]{2,20}){0,3})[)\]]?\.?$/iu, agency: null },
  // Without a mark a sign of two letters may be a heading.
  { pattern: /^([\p{L}/-]{3,30}(?: [\p{L}-]{2,20}){0,3}|AP)\.?$/u, agency: null },
];
/** What stands between the sign and the name: `Copyright © 2025 by The Associated Press`. */
const RIGHTS = /(?:^|[\s(])(?:copyright|©|\(c\)) ?(?:© ?)?(?:(?:19|20)\d\d(?:-\d{2,4})?,? )?(?:by )?/i;
const ORIGINALLY = new RegExp(
  '^[([]?(?:(?:this|the) (?:article|story|piece|post|report|column|essay|commentary)|it)? ?(?:was |is |has been )?' +
    '(?:(?:originally|first|re) ?-?(?:appeared|published|ran|posted|printed)|republished) (?:on|in|at|by|from|with permission from) (?:the website of )?(.{2,80})',
  'i',
);
const PHOTO_WORD =
  /\b(?:photos?|photographs?|foto(?:graf[aíi]a)?s?|file|image|images|picture|bild|handout|pool|caption|credit|via)\b/i;
const SLASH_CREDIT =
  /\p{Lu}[\p{L}.'-]{1,30} ?\/ ?(?:[\p{Lu}][\p{L}.-]{1,30} ?\/ ?){0,3}(EPA-EFE|Getty(?: Images)?|[\p{L}-]{2,15})(?![\p{L}/])/u;
const AGENCY_PHOTO =
  /\b(AP|AFP|UPI|EPA(?:-EFE)?|Reuters|REUTERS|Xinhua|Kyodo|Yonhap|dpa|Getty)(?: (?:File )?(?:Photos?|Images?)\b| ?\/ ?(?=\p{Lu}))/u;
const PHOTO_LABEL =
  /^(?:photos?|fotos?|images?|pictures?|credit|bild)(?: credit)?(?: ?:| by| courtesy(?: of)?| via) (.{2,60})$/i;

/** Without one of these no pattern for pictures matches. */
const PHOTO_TRIGGER = /\/|photo|foto|image|picture|credit|bild/i;

/** Longer sentences are only looked at if they hold one of these: a mark or word without which no pattern above matches. */
const SHORT_CHARS_MAX = 64;
const TRIGGER =
  /[©/]|\([Cc]\)|[Cc]opyright|COPYRIGHT|urated by|may not be|eporting by|Our Standards|Distributed by|Cable News|CNN|dpa[:,]|hotos?\b|mages?\b|(?:appeared|published|ran|posted|printed) (?:on|in|at|by|from|with)/;

/** The credit lines of a body, in the order of the text. */
export function creditLinesOf(body: string): CreditLine[] {
  return splitSentences(body).flatMap(({ start, end }) => {
    if (end - start > CREDIT_CHARS_MAX) return [];
    const text = body.slice(start, end);
    if (text.length > SHORT_CHARS_MAX && !TRIGGER.test(text)) return [];
    return creditLine(text) ?? photoCredit(text) ?? [];
  });
}

/** The agency that a photo credit names last: `Jane Roe/Sputnik/EPA-EFE` was sold by EPA-EFE. */
export function agencyOfPhotoCredit(text: string): AgencyEntry | null {
  const folded = foldMarks(text.slice(0, CREDIT_CHARS_MAX));
  const name = AGENCY_PHOTO.exec(folded)?.[1] ?? SLASH_CREDIT.exec(folded)?.[1];
  return name === undefined ? agencyNamedIn(folded) : agencyOfName(name);
}

function creditLine(text: string): CreditLine | null {
  const folded = foldMarks(text);
  for (const { pattern, agency } of SIGNATURES) {
    const match = pattern.exec(folded);
    const found = match === null ? null : agency === null ? agencyOfList(match[1] ?? '') : agencyOfName(agency);
    if (found !== null) return { kind: 'credit-line', agency: found, original: null, text };
  }
  return rightsLine(text, folded) ?? originalLine(text, folded);
}

function rightsLine(text: string, folded: string): CreditLine | null {
  const name = RIGHTS.exec(folded);
  if (name === null || PHOTO_WORD.test(folded)) return null;
  const agency = agencyAtStart(folded.slice(name.index + name[0].length));
  return agency === null ? null : { kind: 'credit-line', agency, original: null, text };
}

function originalLine(text: string, folded: string): CreditLine | null {
  const name = originalName(ORIGINALLY.exec(folded)?.[1] ?? '');
  return name === null
    ? null
    : {
        kind: 'originally-appeared',
        agency: agencyOfList(name) ?? agencyOfUrl(name.toLowerCase()),
        original: name,
        text,
      };
}

/** The name at the beginning of `The Conversation and is republished under ...`: its capitalised words, or a host. */
function originalName(rest: string): string | null {
  const words: string[] = [];
  for (const word of rest.split(' ')) {
    if (!/^(?:["(]?[\p{Lu}\p{Lo}\d]|of$|the$|[\p{Ll}\d-]{1,40}\.[\p{Ll}.]{2,20})/u.test(word)) break;
    words.push(word.replace(/["()]/g, ''));
    if (/[.,;:]$/.test(word)) break;
  }
  const name = words
    .join(' ')
    .replace(/^the | (?:of|the)$/g, '')
    .replace(/[.,;:]+$/, '');
  // "was first published on May 30", "in 2019": a time and no place.
  const first = words[0]?.replace(/[.,]/g, '') ?? '';
  return name.length < 2 || name === 'the' || monthOf(first) !== null || /^\d/.test(first) ? null : name;
}

function photoCredit(text: string): CreditLine | null {
  if (!PHOTO_TRIGGER.test(text)) return null;
  const folded = foldMarks(text);
  const name = AGENCY_PHOTO.exec(folded)?.[1] ?? slashName(folded);
  const label = PHOTO_LABEL.exec(folded)?.[1];
  const agency = name !== undefined ? agencyOfName(name) : label === undefined ? null : agencyNamedIn(label);
  return agency === null ? null : { kind: 'photo-credit', agency, original: null, text };
}

/** The last name of `Jane Roe/EPA-EFE`, beside a word for a picture or as a line of its own. */
function slashName(folded: string): string | undefined {
  const name = SLASH_CREDIT.exec(folded)?.[1];
  return name !== undefined && (PHOTO_WORD.test(folded) || isCreditOnly(folded)) ? name : undefined;
}

/** `Jane Roe/EPA-EFE` as a line of its own. */
function isCreditOnly(folded: string): boolean {
  return (
    folded.length <= 80 && !/\p{Ll}\. /u.test(folded) && folded.split(' ').every((word) => /^[("\p{Lu}]/u.test(word))
  );
}
