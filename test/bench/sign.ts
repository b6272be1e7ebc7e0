import { sign } from '@wirefold/dedup';
import { newsForBenchmarks } from '../support/news-file.ts';
import { leastSeconds } from '../support/processor-time.ts';
import { signWithMinhash } from './peers/minhash.ts';

/** Text to signature, tokenising included, next to npm `minhash`. One process, one core, processor time of the quickest round. */

/** Enough for the fast side to be compiled, and for its least to be found on a machine that does other things too. */
const ROUNDS = 20;
const PEER_ROUNDS = 4;

const { name, lines } = newsForBenchmarks();
const texts = lines.map((line) => (JSON.parse(line) as { text: string }).text);

const ours = leastSeconds(ROUNDS, () => texts.forEach((text) => void sign(text)));
const peer = leastSeconds(PEER_ROUNDS, () => texts.forEach((text) => void signWithMinhash(text)));
const row = (who: string, seconds: number) =>
  `${who.padEnd(36)} ${(texts.length / seconds).toFixed(0).padStart(8)} a second ${((seconds / texts.length) * 1e6).toFixed(1).padStart(8)} µs a text\n`;
process.stdout.write(`${name}\n\n${row('wirefold sign', ours)}${row('npm minhash 0.0.9, 128 permutations', peer)}`);
process.stdout.write(`\nwirefold signs ${(peer / ours).toFixed(0)} times as fast.\n`);
