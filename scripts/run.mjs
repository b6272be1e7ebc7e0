// npm start, npm run wirefold: installs what is missing, then becomes the program. It stays one process, so that signals and
// the exit code are the program's own.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, root } from './install.mjs';

const PARENT_CHECK_MS = 500;

install();

// npm starts scripts in the project's root. Files on the command line are meant from where the user stands; data is not.
process.env.DATA_DIR ||= path.join(root, 'data');
if (process.env.npm_lifecycle_event === 'wirefold' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

// npm passes SIGTERM on to the shell between it and us, and that dies without telling us: its end is our signal, unless we had one.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS);
  watch.unref();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      clearInterval(watch);
      // Nobody else listens: then the signal does what it does without us.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}

const main = path.join(root, 'services', 'all', 'src', 'main.ts');
process.argv = [process.execPath, main, ...process.argv.slice(2)];
const { register } = await import('tsx/esm/api');
register();
await import(pathToFileURL(main).href);
