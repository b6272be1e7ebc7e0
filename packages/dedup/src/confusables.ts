/**
 * Letters of other scripts that are shown like Latin ones, after the confusables of Unicode Technical Standard 39, cut to those
 * that look the same in the type that news are set in. They are folded for comparing only, on both sides, so that a text whose
 * letters were swapped for look-alikes is the same text.
 */

/**
 * Small letters, each folded wherever it stands, and its capital with it. Within a script no two letters fold to one (so Cyrillic ү
 * is left out beside у), and words that were different stay so.
 */
const ALWAYS: [string, string][] = [
  // Cyrillic
  ['асԁеһіјӏорԛѕѵԝху', 'acdehijlopqsvwxy'],
  // Greek
  ['αιϳνορυγ', 'aijvopuy'],
  // Armenian
  ['ցհոօզս', 'ghnoqu'],
  // Cherokee, by its capitals, which are the common form
  ['ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᎽᏀᏃᏚᏟᏢᏙᏞᏦᏴ', 'drtiajewmhygzscpvlkb'],
];

/**
 * Capitals that look Latin where their small letters do not (Cyrillic В is shown like B, в like nothing). To fold them always would
 * part a Russian headline in capitals from the same words in small letters; so they are folded only in a word with Latin letters.
 */
const IN_LATIN_WORDS: [string, string][] = [
  ['ВНКМТ', 'bhkmt'],
  ['ΒΕΖΗΚΜΝΤΥΧ', 'bezhkmntyx'],
  ['ՏԼ', 'sl'],
];

function pairs(table: [string, string][], keyOf: (letter: string) => string): Map<string, string> {
  return new Map(
    table.flatMap(([from, to]) => Array.from(from, (letter, i): [string, string] => [keyOf(letter), to[i] as string])),
  );
}

/** From a folded letter to the Latin one that it looks like. */
export const LOOKS_ALWAYS: ReadonlyMap<string, string> = pairs(ALWAYS, (letter) => letter.toLowerCase());
/** From a capital as it is printed to the small Latin letter of the one that it looks like. */
export const LOOKS_IN_LATIN_WORDS: ReadonlyMap<string, string> = pairs(IN_LATIN_WORDS, (letter) => letter);
