import { comparisonText } from '@wirefold/article';
import {
  furnitureIn,
  judgeLink,
  learnFurniture,
  NO_FURNITURE,
  type SignedText,
  sign,
  signToCompare,
} from '@wirefold/dedup';
import { partition, signBody } from '@wirefold/story';
import { newsForBenchmarks } from '../support/news-file.ts';
import { leastSeconds } from '../support/processor-time.ts';
import { groupWithMinhash, signWithMinhash } from './peers/minhash.ts';

/**
 * The engine alone next to npm `minhash`, from text to stories. One process, one core, processor time of the quickest round,
 * because whatever else runs on the machine only adds to it. Both are given the same texts: as they are printed, and without the
 * furniture of their sources, which is what the engine is given in the service.
 */

/** Enough for the fast side to be compiled, and for its least to be found on a machine that does other things too. */
const ROUNDS = 12;
const PEER_ROUNDS = 3;

interface Line {
  text: string;
  title?: string;
  source?: string;
}

const { name, lines } = newsForBenchmarks();
const articles = lines.map((line) => JSON.parse(line) as Line);
const printed = articles.map(({ text }) => text);

function bySource(): Line[][] {
  const groups = new Map<string, Line[]>();
  for (const article of articles) {
    const own = groups.get(article.source ?? '');
    if (own === undefined) groups.set(article.source ?? '', [article]);
    else own.push(article);
  }
  return [...groups.values()];
}

const furnitureOf = () =>
  new Map(
    bySource().map((own) => [
      own[0]?.source ?? '',
      learnFurniture(own.map(({ title = '', text }) => ({ title, body: text }))),
    ]),
  );

/** The texts without what their sources repeat. */
function ownTexts(): string[] {
  const furniture = furnitureOf();
  return articles.map(({ text, source = '' }) => {
    const spans = furnitureIn(text, furniture.get(source) ?? NO_FURNITURE).map((span) => ({
      ...span,
      rule: 'learned',
    }));
    return comparisonText(text, spans).text;
  });
}

const indexBytes = (signed: SignedText[]) => signed.reduce((sum, { keys }) => sum + 8 * keys.length + 4, 0);

function row(what: string, seconds: number, peerSeconds: number): string {
  const rate = (each: number) => (articles.length / each).toFixed(0).padStart(8);
  return `${what.padEnd(52)} wirefold ${rate(seconds)} a second   minhash ${rate(peerSeconds)} a second   ${(peerSeconds / seconds).toFixed(1)} times\n`;
}

const say = (text: string) => process.stdout.write(text);
say(`${name}; processor time of the quickest round, one core\n\n`);
const own = ownTexts();
// What was read of a text is kept while it is compared, so each round has texts of its own: each ends in a word of its own.
// They are copied once, because a string that was put together is when it is first read, and those of the peer are whole.
const ended = (text: string, at: number, round: number) => Buffer.from(`${text} ${at}r${round}`).toString();
const ownIn = Array.from({ length: ROUNDS }, (_, round) => own.map((text, at) => ended(text, at, round)));
const pipeline = leastSeconds(ROUNDS, (round) => partition((ownIn[round] as string[]).map(signToCompare), judgeLink));
const peerPipeline = leastSeconds(PEER_ROUNDS, () => groupWithMinhash(own.map(signWithMinhash)));
say(row('sign, candidates, verdicts, partition; own texts', pipeline, peerPipeline));

const whole = leastSeconds(ROUNDS, (round) => {
  const furniture = furnitureOf();
  const signed = articles.map(({ text, source = '' }, at) => {
    const body = ended(text, at, round);
    return signBody({ body, boilerplate: [] }, furniture.get(source) ?? NO_FURNITURE).text;
  });
  partition(signed, judgeLink);
});
const peerWhole = leastSeconds(PEER_ROUNDS, () => groupWithMinhash(printed.map(signWithMinhash)));
say(row('the same with learning furniture; texts as printed', whole, peerWhole));
say(`\n${(indexBytes(own.map(sign)) / own.length).toFixed(0)} bytes of index an article\n`);
