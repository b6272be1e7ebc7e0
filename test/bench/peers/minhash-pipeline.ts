import { readFileSync } from 'node:fs';
import { groupWithMinhash, signWithMinhash } from './minhash.ts';

/** The peer's whole pipeline as a program: a file of JSON lines in, the number of groups out. */
const lines = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n');
const signatures = lines.map((line) => signWithMinhash((JSON.parse(line) as { text: string }).text));
process.stdout.write(`${groupWithMinhash(signatures)}\n`);
