// Makes sure that everything is installed before another script runs: Node and npm are all that a machine needs.
// Plain JavaScript and no dependencies, because it runs before there are any.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@12.21.0';
const NODE_MIN = [20, 19];
/** The same code as for any command that could not run. */
const EXIT_CANNOT_RUN = 2;

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, 'node_modules', '.wirefold-installed');

/** Ends the process with a message when Node is too old or the packages cannot be installed; says nothing otherwise. */
export function install() {
  requireNode();
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Wirefold installs its packages; this happens once.\n');
  // Standard output belongs to the command that follows. NODE_ENV=production would leave the test tools out.
  const { NODE_ENV: _, ...env } = process.env;
  const done = spawnSync('npx', ['-y', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    env: { ...env, CI: 'true' },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    const cause = done.error ? done.error.message : `exit code ${done.status}`;
    fail(
      `Wirefold could not install its packages (${cause}). It needs the npm registry for this; see the lines above.`,
    );
  }
  writeFileSync(stamp, wanted);
}

/** Runs Node with `args` in the project's root and resolves with its exit code. */
export function node(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child as well: we only wait for it to end.
  process.once('SIGINT', () => {});
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : code));
  });
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  fail(`Wirefold needs Node ${NODE_MIN.join('.')} or later; this is ${process.versions.node}.`);
}

/** Changes whenever what has to be installed may have changed. */
function fingerprint() {
  const hash = createHash('sha256').update(`${PNPM} ${process.platform} ${process.arch}`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests()]) {
    hash.update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

function manifests() {
  const members = ['packages', 'services', 'workers'].flatMap((folder) =>
    readdirSync(path.join(root, folder)).map((name) => path.join(folder, name)),
  );
  return [...members, 'test']
    .map((folder) => path.join(folder, 'package.json'))
    .filter((file) => existsSync(path.join(root, file)));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(EXIT_CANNOT_RUN);
}
