import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export interface RedisOptions {
  /** A port to start on again; a free one where it is not given. */
  port?: number;
  /** Whether what is added is on disk before it is answered. Without it a killed Redis has lost everything. */
  appendonly?: boolean;
  /** Where the append-only file is, to start again with what it holds. */
  folder?: string;
}

export interface TestRedis {
  url: string;
  port: number;
  pid: number;
  /** Sends one command, for example `FLUSHALL`, and gives the first line of the answer. */
  send(command: string): Promise<string>;
  stop(): Promise<void>;
  /** kill -9. */
  kill(): void;
}

const PROGRAM = 'redis-server';
const START_DEADLINE_MS = 10_000;
const ANSWER_DEADLINE_MS = 5_000;

/** Starts the machine's Redis on loopback, with nothing on disk unless told; `missing` says why there is none. */
export async function startRedis(options: RedisOptions = {}): Promise<TestRedis | { missing: string }> {
  if (spawnSync(PROGRAM, ['--version']).error !== undefined) {
    if (process.env.CI === 'true') throw new Error(`${PROGRAM} is not on the path`);
    return { missing: `${PROGRAM} is not on the path` };
  }
  const port = options.port ?? (await freePort());
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'wirefold-redis-'));
  const persistence = options.appendonly ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  const child = spawn(
    PROGRAM,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      ...persistence,
      '--loglevel',
      'warning',
    ],
    { stdio: 'ignore' },
  );
  const exited = once(child, 'exit').then(() => {
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  });
  // A test that is interrupted leaves no server behind.
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const send = (command: string) => sendInline(port, command);
  for (let waitedMs = 0; (await send('PING').catch(() => '')) !== '+PONG'; waitedMs += 20) {
    if (child.exitCode !== null || waitedMs > START_DEADLINE_MS)
      throw new Error(`${PROGRAM} did not start on port ${port}`);
    await sleep(20);
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    send,
    async stop() {
      process.off('exit', onExit);
      child.kill('SIGKILL');
      await exited;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Redis takes a command as a plain line, too. */
async function sendInline(port: number, command: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', timeout: ANSWER_DEADLINE_MS });
  socket.on('timeout', () => socket.destroy(new Error(`no answer on port ${port}`)));
  try {
    await once(socket, 'connect');
    socket.write(`${command}\r\n`);
    const [answer] = await once(socket, 'data');
    return String(answer).split('\r\n')[0] ?? '';
  } finally {
    socket.destroy();
  }
}
