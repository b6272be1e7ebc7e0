import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_DEADLINE_MS = 60_000;

/** What a system test sets of the service: quick retries, so that a test need not wait, and never a public address. */
const TEST_SETTINGS = {
  LOG_LEVEL: 'warn',
  LEASE_MS: '4000',
  FETCH_DEADLINE_MS: '3000',
  SWEEP_EVERY_MS: '300',
  HOST_DELAY_MIN_MS: '0',
  HOSTS_EVERY_MS: '50',
  RESEND_AFTER_MS: '2000',
  RETRY_BASE_MS: '200',
  RETRY_MAX_MS: '1000',
};

/** What a service has by default of these, but for the lines it writes: for who measures it. */
export const USUAL_SETTINGS = {
  LOG_LEVEL: 'error',
  LEASE_MS: '60000',
  FETCH_DEADLINE_MS: '30000',
  SWEEP_EVERY_MS: '2000',
  RESEND_AFTER_MS: '30000',
  HOST_DELAY_MIN_MS: '1000',
  HOSTS_EVERY_MS: '250',
};

export type Environment = Record<string, string>;

/** One process of Wirefold, with what it wrote. */
export interface Process {
  name: string;
  child: ChildProcess;
  output: string[];
}

/** A running Wirefold, in one process or in several, and its HTTP API. */
export interface Wirefold {
  baseUrl: string;
  processes: Process[];
  get(path: string): Promise<{ status: number; body: unknown }>;
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  /** kill -9, and the process started again. */
  crash(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Everything in one process with embedded engines, on `dataDir`. */
export function startEmbedded(dataDir: string, environment: Environment = {}): Promise<Wirefold> {
  return startAll({ serve: ['services/all/src/main.ts', 'serve'] }, { DATA_DIR: dataDir, ...environment });
}

/** One api, two ingest and two cluster processes on Redis and Postgres. */
export function startScaled(databaseUrl: string, redisUrl: string, environment: Environment = {}): Promise<Wirefold> {
  const programs = {
    api: ['services/api/src/main.ts'],
    'ingest-1': ['workers/ingest/src/main.ts'],
    'ingest-2': ['workers/ingest/src/main.ts'],
    'cluster-1': ['workers/cluster/src/main.ts'],
    'cluster-2': ['workers/cluster/src/main.ts'],
  };
  return startAll(programs, { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ...environment });
}

async function startAll(programs: Record<string, string[]>, environment: Environment): Promise<Wirefold> {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const settings = { ...TEST_SETTINGS, PORT: String(port), ...environment };
  const processes = Object.entries(programs).map(([name, program]) => startProcess(name, program, settings));
  await healthy(baseUrl, processes);
  return {
    baseUrl,
    processes,
    get: (path) => request(baseUrl + path),
    post: (path, body) =>
      request(baseUrl + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async crash(name) {
      const at = processes.findIndex((process) => process.name === name);
      const old = processes[at];
      if (old === undefined) throw new Error(`no process is called ${name}`);
      await end(old, 'SIGKILL');
      processes[at] = startProcess(name, programs[name] as string[], settings);
      await healthy(baseUrl, processes);
    },
    stop: async () => {
      await Promise.all(processes.map((process) => end(process, 'SIGTERM')));
    },
  };
}

function startProcess(name: string, program: string[], settings: Environment): Process {
  const inherited = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
  const child = spawn(process.execPath, ['--import', 'tsx', ...program], {
    cwd: ROOT,
    env: { ...inherited, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout?.on('data', (chunk) => output.push(String(chunk)));
  child.stderr?.on('data', (chunk) => output.push(String(chunk)));
  return { name, child, output };
}

async function end({ child }: Process, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

async function healthy(baseUrl: string, processes: Process[]): Promise<void> {
  await eventually(async () => {
    const dead = processes.find(({ child }) => child.exitCode !== null);
    if (dead !== undefined) throw new Error(`${dead.name} ended while starting:\n${dead.output.join('')}`);
    const answer = await fetch(`${baseUrl}/healthz`).catch(() => null);
    return answer?.status === 200;
  }, START_DEADLINE_MS);
}

async function request(url: string, init?: RequestInit): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url, init);
  return { status: answer.status, body: await answer.json() };
}

/** Waits until `claim` holds; fails with the last state after `deadlineMs`. */
export async function eventually(claim: () => Promise<boolean>, deadlineMs: number): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await claim())) {
    if (Date.now() > deadline) throw new Error(`did not come true within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
