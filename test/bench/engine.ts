import { judge, judgeLink, type SignedText, sign } from '@wirefold/dedup';
import { type Member, planStories } from '@wirefold/story';
import { newsForBenchmarks } from '../support/news-file.ts';
import { groupWithMinhash, signWithMinhash } from './peers/minhash.ts';

/** The engine alone, on texts as they are, next to npm `minhash`: signing, and from text to stories. One process, one core. */

const ROUNDS = 3;

const { name, lines } = newsForBenchmarks();
const texts = lines.map((line) => (JSON.parse(line) as { text: string }).text);

/** Seconds of the middle round. */
function median(work: () => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    work();
    return (performance.now() - startedAt) / 1000;
  });
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
}

/** An article of which nothing is known but its text. */
function memberOf(text: SignedText, at: number): Member {
  const credit = { agency: null, dateline: null, declaredOriginal: null, evidence: [] };
  const source = { key: String(at), name: String(at) };
  return {
    articleId: String(at),
    textHash: text.hash,
    url: null,
    source,
    published: null,
    credit,
    boilerplateWords: 0,
  };
}

function row(what: string, seconds: number, peerSeconds: number): string {
  const rate = (each: number) => (texts.length / each).toFixed(0).padStart(8);
  return `${what.padEnd(20)} wirefold ${rate(seconds)} a second   minhash ${rate(peerSeconds)} a second   ${(peerSeconds / seconds).toFixed(1)} times\n`;
}

process.stdout.write(`${name}; median of ${ROUNDS} rounds, one core\n\n`);
const signing = median(() => texts.map(sign));
const peerSigning = median(() => texts.map(signWithMinhash));
process.stdout.write(row('sign', signing, peerSigning));
const clustering = median(() => {
  const signed = texts.map(sign);
  planStories(signed, signed.map(memberOf), judge, judgeLink);
});
const peerClustering = median(() => groupWithMinhash(texts.map(signWithMinhash)));
process.stdout.write(row('text to stories', clustering, peerClustering));
