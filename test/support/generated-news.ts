/** News made by rule, so that anybody can repeat a benchmark or a load test without third-party text. */

export interface GeneratedArticle {
  /** Which text it is a copy of. */
  story: number;
  source: string;
  title: string;
  text: string;
}

/** A generator of numbers in [0, 1) that gives the same row for the same seed (mulberry32, Tommy Ettinger 2017). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SYLLABLES =
  'ba den fir gol hem ist jor kal lem mar nor ost pel quin rad sol tur ven wes yor zan bri cle dro flu'.split(' ');
const VOCABULARY_WORDS = 6000;
const SENTENCE_WORDS = 18;
const SENTENCES = 17;
const SOURCES = 40;

function vocabulary(random: () => number): string[] {
  const pick = () => SYLLABLES[Math.floor(random() * SYLLABLES.length)] as string;
  return Array.from({ length: VOCABULARY_WORDS }, () =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, pick).join(''),
  );
}

/** A sentence whose words follow a skewed distribution, as words of a language do. */
function sentence(words: string[], random: () => number): string {
  const pick = () => words[Math.floor(random() ** 3 * words.length)] as string;
  const text = Array.from({ length: SENTENCE_WORDS }, pick).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** `count` articles of about 300 words: each text is printed by one to five sources, some of which cut its end. */
export function generateNews(count: number, seed = 1): GeneratedArticle[] {
  const random = seededRandom(seed);
  const words = vocabulary(random);
  const articles: GeneratedArticle[] = [];
  for (let story = 0; articles.length < count; story++) {
    const sentences = Array.from({ length: SENTENCES }, () => sentence(words, random));
    const copies = Math.min(1 + Math.floor(random() * 5), count - articles.length);
    for (let copy = 0; copy < copies; copy++) {
      const kept = copy === 0 ? sentences : sentences.slice(0, SENTENCES - Math.floor(random() * 6));
      const source = `Outlet ${(story * 7 + copy) % SOURCES}`;
      articles.push({ story, source, title: sentence(words, random), text: kept.join('\n\n') });
    }
  }
  return articles;
}
