// npm run bench [-- NAME... [SIZE]]: runs test/bench/NAME.ts, or all of them, one after the other. A number is passed on to them.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { install, node, root } from './install.mjs';

install();
const all = readdirSync(path.join(root, 'test', 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'))
  .sort();
const isSize = (word) => /^\d+$/.test(word);
const wanted = process.argv.slice(2).filter((word) => !isSize(word));
const sizes = process.argv.slice(2).filter(isSize);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n── ${name}\n`);
  const code = await node(['--expose-gc', '--import', 'tsx', `test/bench/${name}.ts`, ...sizes]);
  if (code !== 0) process.exitCode = 1;
}
