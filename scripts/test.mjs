// npm test: installs what is missing, then runs every test, or those that the arguments name.
import { install, node } from './install.mjs';

install();
process.exitCode = await node(['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]);
