// npm run look -- INPUT OUTPUT [COUNT]: pages side by side with what was read in them; see test/look/look.ts.
import path from 'node:path';
import { install, node } from './install.mjs';

install();
// npm starts scripts in the project's root; files are meant from where the user stands.
const from = process.env.INIT_CWD || process.cwd();
const [input, output, ...rest] = process.argv.slice(2);
const files = [input, output].filter((file) => file !== undefined).map((file) => path.resolve(from, file));
process.exitCode = await node(['--import', 'tsx', 'test/look/look.ts', ...files, ...rest]);
