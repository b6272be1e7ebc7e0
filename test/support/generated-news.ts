import { seededRandom } from './seeded-random.ts';

/** News made by rule, so that anybody can repeat a benchmark or a load test without third-party text. */

export interface GeneratedArticle {
  /** Which text it is a copy of. */
  story: number;
  source: string;
  title: string;
  text: string;
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
  return [...streamNews(count, SOURCES, seed)];
}

/** The same one by one, from so many sources: for more articles than fit in memory. */
function* streamNews(count: number, sources: number, seed = 1): Generator<GeneratedArticle> {
  const random = seededRandom(seed);
  const words = vocabulary(random);
  for (let story = 0, made = 0; made < count; story++) {
    const sentences = Array.from({ length: SENTENCES }, () => sentence(words, random));
    const copies = Math.min(1 + Math.floor(random() * 5), count - made);
    for (let copy = 0; copy < copies; copy++, made++) {
      const kept = copy === 0 ? sentences : sentences.slice(0, SENTENCES - Math.floor(random() * 6));
      const source = `Outlet ${(story * 7 + copy) % sources}`;
      yield { story, source, title: sentence(words, random), text: kept.join('\n\n') };
    }
  }
}

/** Articles between the first and the last copy of a text, at most: some hours of a large crawl. */
const APART = 5000;
const FURNITURE_LINES = 3;
const ARTICLES_A_SOURCE = 500;

/** News as a crawl has it: copies lie apart, and each source prints lines of its own below every article. */
export function* streamCrawl(count: number): Generator<GeneratedArticle> {
  const sources = Math.max(SOURCES, Math.ceil(count / ARTICLES_A_SOURCE));
  const random = seededRandom(2);
  const words = vocabulary(random);
  const furniture = Array.from({ length: sources }, () =>
    Array.from({ length: FURNITURE_LINES }, () => sentence(words, random)).join('\n\n'),
  );
  const held: GeneratedArticle[] = [];
  const sent = (article: GeneratedArticle): GeneratedArticle => {
    const own = furniture[Number(article.source.slice('Outlet '.length))];
    return { ...article, text: `${article.text}\n\n${own}` };
  };
  for (const article of streamNews(count, sources)) {
    if (held.length < APART) {
      held.push(article);
      continue;
    }
    const at = Math.floor(random() * APART);
    yield sent(held[at] as GeneratedArticle);
    held[at] = article;
  }
  yield* held.map(sent);
}
