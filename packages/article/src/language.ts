/** The language of a text: what the page declares, confirmed by the text itself. */
import { eld } from 'eld/extrasmall';

/** Below this many letters a detector guesses. */
const LETTERS_MIN = 40;
/** From here the text is believed against the page's own declaration, which is often the template's. */
const LETTERS_SURE_MIN = 200;
const SAMPLE_CHARS_MAX = 2000;

/** Languages that the detector knows; for others only the page's declaration counts. */
const DETECTABLE: ReadonlySet<string> = new Set(Object.values(eld.info().Languages));

/** ISO 639-1 codes of the languages that are told by the text itself. */
export const LANGUAGES: readonly string[] = [...DETECTABLE];

/**
 * ISO 639-1 code of a text, or null where it is too short to tell and nothing is declared.
 * @param declared language tags that the page gives, best first, for example `en-GB`
 */
export function languageOf(text: string, declared: readonly (string | null)[] = []): string | null {
  const stated = declared.map(codeOf).find((code) => code !== null) ?? null;
  const sample = text.slice(0, SAMPLE_CHARS_MAX);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < LETTERS_MIN) return stated;
  const result = eld.detect(sample);
  if (result.language === '' || !result.isReliable())
    return stated ?? (letters >= LETTERS_SURE_MIN ? codeOf(result.language) : null);
  if (stated === null || stated === result.language) return result.language;
  // A language that the detector does not know looks to it like its nearest relative.
  if (!DETECTABLE.has(stated)) return stated;
  return letters >= LETTERS_SURE_MIN ? result.language : stated;
}

function codeOf(tag: string | null): string | null {
  return /^([a-z]{2})(?:[-_].*)?$/.exec((tag ?? '').trim().toLowerCase())?.[1] ?? null;
}
