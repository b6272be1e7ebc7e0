import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';

const run = promisify(execFile);

/** Where Linux distributions keep the programs of the server, which are seldom on the path. */
const PACKAGED = '/usr/lib/postgresql';
const START_TIMEOUT_MS = 30_000;
const START_POLL_MS = 50;

/** A server of the test's own: without fsync, because it is thrown away. */
const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=200',
  'shared_buffers=64MB',
];

export interface StartedPostgres {
  url: string;
  /** Process id of the server, for tests that kill it. */
  pid: number;
  /** Starts the server again on the same data and port, after it was killed. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder with `initdb` and `postgres`: of the newest packaged version, or on the path. */
function findBinaries(): string | null {
  let packaged: string[] = [];
  try {
    packaged = readdirSync(PACKAGED).sort((a, b) => Number(b) - Number(a));
  } catch {
    // Not a system that keeps them there.
  }
  const folders = [
    ...packaged.map((version) => join(PACKAGED, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => isExecutable(join(folder, name)))) ?? null;
}

/** initdb and postgres refuse to run as root: then another user of the system runs them. */
function unprivileged(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const user = users.find(([login]) => login === name);
    if (user !== undefined) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  return {};
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (server.exitCode !== null || Date.now() > deadline)
        throw new Error('Postgres did not start.', { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, START_POLL_MS));
  }
}

function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => server.once('exit', () => resolve()));
}

function missing(what: string): { missing: string } {
  if (process.env.CI === 'true') throw new Error(what);
  return { missing: what };
}

/** Starts a Postgres of its own in a new folder on a free port. Where there is none to start, it says what is missing. */
export async function startPostgres(): Promise<StartedPostgres | { missing: string }> {
  const binaries = findBinaries();
  if (binaries === null) return missing('no initdb and postgres found, on the path or packaged');
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'wirefold-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  await run(join(binaries, 'initdb'), initdb, { ...user, env, cwd: folder });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = [...SETTINGS, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const start = async () => {
    const server = spawn(join(binaries, 'postgres'), args, { ...user, env, cwd: folder, stdio: 'ignore' });
    await untilReady(url, server);
    return server;
  };
  let server = await start();
  return {
    url,
    get pid() {
      return server.pid ?? 0;
    },
    restart: async () => {
      await ended(server);
      server = await start();
    },
    stop: async () => {
      // SIGINT is the fast shutdown: it ends the sessions instead of waiting for them.
      server.kill('SIGINT');
      await ended(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
