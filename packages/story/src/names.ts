/** Letters of a text that are read; the names that matter stand at its beginning. */
const READ_CHARS_MAX = 20_000;
/** Words that are kept of a story: those that it names most, and in the most prominent places. */
const NAME_WORDS_MAX = 16;
/** Longest name that is told as one, in words. */
const RUN_WORDS_MAX = 6;
/** The opening: a headline and two or three sentences say what happened, to whom and where. */
const OPENING_WORDS = 60;
/** A line with fewer words, or one in which most begin with a capital, is a heading or a menu; with more figures it is a table. */
const PROSE_WORDS_MIN = 10;
const PROSE_FIGURES_MAX = 0.2;
/** Small words that stand inside of names, as in `Bank of England`. */
const LINKS = new Set('of for de del della di da do dos du des la le van von der den ter af al el bin ibn'.split(' '));
/** What is shorter is no name to tell events apart by, and what is longer is none at all. */
const LETTERS_MIN = 3;
const LETTERS_MAX = 40;
const TITLE_WEIGHT = 4;
const OPENING_WEIGHT = 2;
const WEIGHT_MAX = 6;

const WORD = /[\p{L}\p{M}\p{N}]+(?:[’'-][\p{L}\p{M}\p{N}]+)*/gu;
const CAPITAL = /^\p{Lu}/u;
const SMALL = /^\p{Ll}/u;
const FIGURE = /^\p{N}/u;
const POSSESSIVE = /[’']s$/u;
/** What may stand before a capital that is there for the sentence and not for a name. */
const SENTENCE_BREAK = /[.!?…:;\n|•"“”„«»()[\]]/u;

/** A word of a name in a text. */
export interface NameWord {
  /** In small letters, without a possessive. */
  word: string;
  /** How prominent it is, from 1 to 6. */
  weight: number;
  /** Whether it stands in the title or in the opening. */
  isHead: boolean;
  /** The longest name that it is part of, as printed, word by word. */
  run: string[];
}

interface Found {
  word: string;
  count: number;
  /** Times that it stands elsewhere than at the beginning of a sentence. */
  inside: number;
  first: number;
  run: string[];
}

/**
 * The words of names in a text: those with a capital that is not the sentence's, and never without one. The most prominent first. None
 * in scripts without capitals, where nothing tells a name from another word. Linear in the length of the text.
 * @param text without what is the site's
 */
export function namesIn(title: string, text: string): NameWord[] {
  const prose = text.slice(0, READ_CHARS_MAX).split('\n').filter(isProse).join('\n');
  const { found, small } = wordsOf(prose);
  const inTitle = new Set([...title.slice(0, READ_CHARS_MAX).matchAll(WORD)].map(([word]) => fold(word)));
  return [...found.values()]
    .filter(({ word, inside }) => inside > 0 && word.length >= LETTERS_MIN && !small.has(word))
    .map((each) => ({ ...each, ...prominence(each, inTitle.has(each.word)) }))
    .sort((a, b) => b.rank - a.rank || a.first - b.first)
    .slice(0, NAME_WORDS_MAX)
    .map(({ word, rank, isHead, run }) => ({ word, weight: Math.min(rank, WEIGHT_MAX), isHead, run }));
}

function prominence({ count, first }: Found, isInTitle: boolean): { rank: number; isHead: boolean } {
  const isInOpening = first < OPENING_WORDS;
  const rank = count + (isInTitle ? TITLE_WEIGHT : 0) + (isInOpening ? OPENING_WEIGHT : 0);
  return { rank, isHead: isInTitle || isInOpening };
}

function isProse(line: string): boolean {
  const words = line.match(WORD) ?? [];
  const count = (kind: RegExp) => words.filter((word) => kind.test(word)).length;
  return (
    words.length >= PROSE_WORDS_MIN &&
    count(SMALL) * 2 > words.length &&
    count(FIGURE) <= words.length * PROSE_FIGURES_MAX
  );
}

function fold(word: string): string {
  return word.replace(POSSESSIVE, '').toLowerCase();
}

/** Every word with a capital, and the words that stand without one somewhere. */
function wordsOf(prose: string): { found: Map<string, Found>; small: Set<string> } {
  const found = new Map<string, Found>();
  const small = new Set<string>();
  let run: string[] = [];
  let link: string | null = null;
  let end = 0;
  let place = 0;
  for (const match of prose.matchAll(WORD)) {
    const [word] = match;
    const between = prose.slice(end, match.index);
    end = match.index + word.length;
    if (word.length > LETTERS_MAX) {
      run = [];
      link = null;
    } else if (CAPITAL.test(word)) {
      if (between !== ' ' || run.length >= RUN_WORDS_MAX) run = [];
      else if (link !== null) run.push(link);
      run.push(word.replace(POSSESSIVE, ''));
      note(found, word, { place, run, isInside: place > 0 && !SENTENCE_BREAK.test(between) });
      // What follows a possessive is another name.
      if (POSSESSIVE.test(word)) run = [];
      link = null;
    } else {
      if (SMALL.test(word)) small.add(fold(word));
      const isLink: boolean = run.length > 0 && link === null && between === ' ' && LINKS.has(word);
      link = isLink ? word : null;
      if (!isLink) run = [];
    }
    place++;
  }
  return { found, small };
}

/** Counts a word; all words of a run share its array, which grows as the name goes on. */
function note(
  found: Map<string, Found>,
  word: string,
  { place, run, isInside }: { place: number; run: string[]; isInside: boolean },
): void {
  const key = fold(word);
  const known = found.get(key) ?? { word: key, count: 0, inside: 0, first: place, run };
  known.count++;
  if (isInside) known.inside++;
  if (run.length >= known.run.length) known.run = run;
  found.set(key, known);
}
