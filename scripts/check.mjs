// npm run check: lint and format, types, dead code, tests. Every step runs, so that one run shows all there is to mend.
// Arguments go to the tests.
import { install, node } from './install.mjs';

const STEPS = [
  ['lint and format', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']],
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.']],
  ['types of the script', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'services/web/src/browser']],
  ['dead code', ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints']],
  ['tests', ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]],
];

install();
const failed = [];
for (const [name, args] of STEPS) {
  console.log(`\n── ${name}`);
  if ((await node(args)) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
