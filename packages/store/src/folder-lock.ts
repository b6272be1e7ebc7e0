import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longest socket path that every Unix takes (macOS has 104 bytes, the ending zero included). */
const SOCKET_PATH_BYTES_MAX = 100;
/** A holder that is stopped or busy accepts and says nothing; after this long its silence means that it holds the folder. */
const REPLY_TIMEOUT_MS = 1_000;
/** How often, and how many times, to look again at another process that is taking the lock at the same moment. */
const CONTENDER_POLL_MS = 50;
const CONTENDER_POLLS_MAX = 200;

/** What a file system without sockets answers, as some shared folders of virtual machines do: then the lock is in the temporary folder. */
const SOCKETLESS = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EPERM']);

/** Another process works on the same data folder. */
export class DataFolderInUse extends Error {
  readonly folder: string;
  constructor(folder: string) {
    super('The data folder is in use by another Wirefold process. Stop that one first, or choose another DATA_DIR.');
    this.name = 'DataFolderInUse';
    this.folder = folder;
  }
}

export interface FolderLock {
  release(): Promise<void>;
}

type Answer = 'held' | 'trying' | 'gone';

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });

const closeServer = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Only a refused or missing socket is gone. Anything else, such as no permission, may be a live process: then it is held. */
function ask(path: string): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let said = '';
    const end = (answer: Answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(REPLY_TIMEOUT_MS, () => end('held'));
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('end', () => end(said === 'trying' ? 'trying' : 'held'));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? 'gone' : 'held'),
    );
  });
}

/**
 * Where the sockets of a folder are reached: the folder itself, or a short symbolic link to it where a socket's path would be too
 * long. The sockets always live in the folder, so that processes with another temporary folder, or in another container, meet.
 */
function reach(folder: string, name: string): { path: string; forget: () => void } {
  const longest = join(folder, name);
  if (Buffer.byteLength(longest) <= SOCKET_PATH_BYTES_MAX) return { path: folder, forget: () => {} };
  const link = join(tmpdir(), `wirefold-${randomBytes(6).toString('hex')}`);
  symlinkSync(folder, link, 'dir');
  return { path: link, forget: () => rmSync(link, { force: true }) };
}

/** Asks every other process with a socket in the folder, removes the sockets of dead ones, and gives the answers of the others. */
async function askOthers(folder: string, mine: string): Promise<{ name: string; answer: Answer }[]> {
  const others: { name: string; answer: Answer }[] = [];
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('holder-') || name === mine) continue;
    const answer = await ask(join(folder, name));
    // A name is never used twice, so what is gone stays gone and may be removed by anybody.
    if (answer === 'gone') rmSync(join(folder, name), { force: true });
    else others.push({ name, answer });
  }
  return others;
}

/**
 * Whether this process, which listens as `mine`, gets the folder. Of two that try at once at least one sees the other, because
 * each listens before it looks (Lamport 1974). The one with the smaller name waits for the other to decide; the larger gives way.
 */
async function contend(folder: string, mine: string): Promise<boolean> {
  for (let poll = 0; poll < CONTENDER_POLLS_MAX; poll++) {
    const others = await askOthers(folder, mine);
    if (others.length === 0) return true;
    if (others.some(({ name, answer }) => answer === 'held' || name < mine)) return false;
    await pause(CONTENDER_POLL_MS);
  }
  return false;
}

async function lockIn(folder: string, dataFolder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true });
  const mine = `holder-${randomBytes(8).toString('hex')}`;
  const starting = `starting-${mine}`;
  const { path, forget } = reach(folder, starting);
  let state: 'held' | 'trying' = 'trying';
  const server = createServer((socket) => socket.on('error', () => {}).end(state));
  const release = async () => {
    rmSync(join(folder, mine), { force: true });
    await closeServer(server);
  };
  try {
    await listen(server, join(path, starting));
    // Seen by others only now that it listens: a socket that is bound and does not listen yet looks like a dead one.
    renameSync(join(folder, starting), join(folder, mine));
    if (!(await contend(path, mine))) throw new DataFolderInUse(dataFolder);
  } catch (error) {
    await release();
    throw error;
  } finally {
    forget();
  }
  state = 'held';
  server.unref();
  return { release };
}

async function lockBySockets(dataFolder: string): Promise<FolderLock> {
  const folder = realpathSync(dataFolder);
  try {
    return await lockIn(join(folder, 'lock'), dataFolder);
  } catch (error) {
    if (!SOCKETLESS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const digest = createHash('sha256').update(folder).digest('hex').slice(0, 32);
    return lockIn(join(tmpdir(), `wirefold-lock-${digest}`), dataFolder);
  }
}

/** On Windows a named pipe has one owner and goes away with its process. */
async function lockByPipe(dataFolder: string): Promise<FolderLock> {
  const digest = createHash('sha256').update(realpathSync(dataFolder).toLowerCase()).digest('hex').slice(0, 32);
  const server = createServer((socket) => socket.end());
  try {
    await listen(server, `\\\\.\\pipe\\wirefold-${digest}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new DataFolderInUse(dataFolder);
    throw error;
  }
  server.unref();
  return { release: () => closeServer(server) };
}

/**
 * Takes the data folder for this process, or throws `DataFolderInUse`. The lock is a listening socket, so it ends with the process
 * however that ends; there is no process id to be mistaken and nothing to clean up by hand.
 */
export function lockFolder(dataFolder: string): Promise<FolderLock> {
  mkdirSync(dataFolder, { recursive: true });
  return process.platform === 'win32' ? lockByPipe(dataFolder) : lockBySockets(dataFolder);
}
