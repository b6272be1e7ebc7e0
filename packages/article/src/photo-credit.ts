/** Who sold a picture. It names nobody who wrote a text. */
import type { AgencyEntry } from './agencies.ts';
import { agencyNamedIn, agencyOfName } from './agency.ts';
import { foldMarks } from './fold.ts';

/** Longer captions are cut: a credit stands at their end or in a line of its own. */
const CAPTION_CHARS_MAX = 400;

export const PHOTO_WORD =
  /\b(?:photos?|photographs?|foto(?:graf[aíi]a)?s?|file|image|images|picture|bild|handout|pool|caption|credit|via)\b/i;
const SLASH_CREDIT =
  /\p{Lu}[\p{L}.'-]{1,30} ?\/ ?(?:[\p{Lu}][\p{L}.-]{1,30} ?\/ ?){0,3}(EPA-EFE|Getty(?: Images)?|[\p{L}-]{2,15})(?![\p{L}/])/u;
const AGENCY_PHOTO =
  /\b(AP|AFP|UPI|EPA(?:-EFE)?|Reuters|REUTERS|Xinhua|Kyodo|Yonhap|dpa|Getty)(?: (?:File )?(?:Photos?|Images?)\b| ?\/ ?(?=\p{Lu}))/u;
const PHOTO_LABEL =
  /^(?:photos?|fotos?|images?|pictures?|credit|bild)(?: credit)?(?: ?:| by| courtesy(?: of)?| via) (.{2,60})$/i;
/** Without one of these no pattern for pictures matches. */
const PHOTO_TRIGGER = /\/|photo|foto|image|picture|credit|bild/i;
/** What makes a caption a credit though it names no agency. */
const CREDIT_MARK =
  /©|\(c\)|\b(?:photos?|fotos?|image|picture|bild|credit|courtesy|handout)\b ?(?:credit ?)?(?::|by\b|courtesy\b|via\b|\/)|\b(?:courtesy of|handout via)\b/i;

/** The agency that a photo credit names last: `Jane Roe/Sputnik/EPA-EFE` was sold by EPA-EFE. */
export function agencyOfPhotoCredit(text: string): AgencyEntry | null {
  const folded = foldMarks(text.slice(0, CAPTION_CHARS_MAX));
  const name = AGENCY_PHOTO.exec(folded)?.[1] ?? SLASH_CREDIT.exec(folded)?.[1];
  return (name === undefined ? null : agencyOfName(name)) ?? agencyNamedIn(folded);
}

/** `© 2025 Example Media Inc. All rights reserved.`: the foot of a page, which sites label as they label pictures. */
const SITE_RIGHTS =
  /^(?:©|\(c\)|copyright)[\s©]{0,3}(?:copyright )?(?:\(c\) ?)?(?:19|20)\d\d\b|all rights reserved|alle rechte|privacy policy|licensed under/i;

/** Whether a caption credits anybody: most say only what the picture shows. */
export function isPhotoCredit(caption: string): boolean {
  if (SITE_RIGHTS.test(caption.slice(0, CAPTION_CHARS_MAX)) && !PHOTO_WORD.test(caption)) return false;
  return CREDIT_MARK.test(caption.slice(0, CAPTION_CHARS_MAX)) || agencyOfPhotoCredit(caption) !== null;
}

/** The agency of a sentence that credits a picture, or null. */
export function photoCreditOf(text: string): AgencyEntry | null {
  if (!PHOTO_TRIGGER.test(text)) return null;
  const folded = foldMarks(text);
  const name = AGENCY_PHOTO.exec(folded)?.[1] ?? slashName(folded);
  const label = PHOTO_LABEL.exec(folded)?.[1];
  return name !== undefined ? agencyOfName(name) : label === undefined ? null : agencyNamedIn(label);
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
