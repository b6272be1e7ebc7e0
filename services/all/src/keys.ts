import type { Writable } from 'node:stream';
import { createKey, type KeyInput, keyInputSchema } from '@wirefold/api';
import { PARAMS } from '@wirefold/dedup';
import { readConfig } from '@wirefold/runtime';
import { type AccessKey, type AdminAct, DataFolderInUse, openStore } from '@wirefold/store';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';
import { ask, noAnswer, otherAnswer, type RunningService, runningService } from './running-service.ts';
import { tame } from './tame.ts';

export interface KeysOptions {
  env: Record<string, string | undefined>;
  /** URL of a service to ask; else the store that the environment names, or the service that holds its folder. */
  server: string | undefined;
  output: Writable;
  progress: Writable;
}

/** Who keeps the keys: a store that is opened here, or a service that has it. Problems are told in words. */
interface KeyDesk {
  create(input: KeyInput): Promise<Told<{ id: string; key: string }>>;
  list(): Promise<Told<Pick<AccessKey, 'id' | 'name' | 'scopes' | 'createdAt' | 'lastUsedAt'>[]>>;
  revoke(id: string): Promise<Told<null>>;
  close(): Promise<void>;
}

type Told<Value> = { ok: true; value: Value } | { ok: false; problem: string };

/** Makes a key and prints it to `output`, alone on its line; all else goes to `progress`. */
export function createKeys(input: { name: string; scopes: string[] }, options: KeysOptions): Promise<ExitCode> {
  const parsed = keyInputSchema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `--${path[0] === 'name' ? 'name' : 'scope'} ${message}`,
    );
    options.progress.write(`wirefold: ${problems.join('; ')}\n`);
    return Promise.resolve(EXIT.couldNotRun);
  }
  return atDesk(options, async (desk) => {
    const made = await desk.create(parsed.data);
    if (!made.ok) return made;
    options.output.write(`${made.value.key}\n`);
    const what = `key ${made.value.id} (${parsed.data.name}: ${parsed.data.scopes.join(', ')})`;
    return { ok: true, value: `${what}: keep it, it is not shown again. From now on the service asks for a key.` };
  });
}

/** Prints a line for each key: id, scopes, when it was made, when it was used last, name; separated by tabs. */
export function listKeys(options: KeysOptions): Promise<ExitCode> {
  return atDesk(options, async (desk) => {
    const listed = await desk.list();
    if (!listed.ok) return listed;
    for (const { id, name, scopes, createdAt, lastUsedAt } of listed.value) {
      options.output.write(`${[id, scopes.join(','), createdAt, lastUsedAt ?? 'never', tame(name)].join('\t')}\n`);
    }
    return { ok: true, value: listed.value.length === 0 ? 'there is no key' : null };
  });
}

/** Ends a key. */
export function revokeKey(id: string, options: KeysOptions): Promise<ExitCode> {
  return atDesk(options, async (desk) => {
    const revoked = await desk.revoke(id);
    return revoked.ok ? { ok: true, value: `key ${tame(id)} is revoked` } : revoked;
  });
}

async function atDesk(options: KeysOptions, work: (desk: KeyDesk) => Promise<Told<string | null>>): Promise<ExitCode> {
  const desk = await openDesk(options);
  const told = desk.ok ? await work(desk.value).finally(() => desk.value.close()) : desk;
  const line = told.ok ? told.value : told.problem;
  if (line !== null) options.progress.write(`wirefold: ${line}\n`);
  return told.ok ? EXIT.ok : EXIT.couldNotRun;
}

async function openDesk({ env, server }: KeysOptions): Promise<Told<KeyDesk>> {
  if (server !== undefined) return { ok: true, value: serviceDesk(runningService(env, server)) };
  const reading = readConfig(env);
  if (!reading.ok) return { ok: false, problem: reading.problems.join('; ') };
  const { databaseUrl, dataDir } = reading.config;
  // A store in memory is only where the service is.
  if (databaseUrl === null && dataDir === null) return { ok: true, value: serviceDesk(runningService(env)) };
  try {
    const { store } = await openStore({ databaseUrl, dataDir, signatureVersion: PARAMS.version });
    const log = (act: Omit<AdminAct, 'by'>) => store.logAct({ ...act, by: 'the command line' });
    return {
      ok: true,
      value: {
        async create(input) {
          const key = await createKey(store, input);
          if (key !== null)
            await log({ kind: 'key-created', subject: key.id, detail: `${input.name}: ${input.scopes.join(', ')}` });
          return key === null
            ? { ok: false, problem: 'there are too many keys; revoke one' }
            : { ok: true, value: key };
        },
        list: async () => ({ ok: true, value: await store.keys() }),
        async revoke(id) {
          if (!(await store.revokeKey(id))) return NO_SUCH_KEY;
          await log({ kind: 'key-revoked', subject: id, detail: '' });
          return { ok: true, value: null };
        },
        close: () => store.close(),
      },
    };
  } catch (error) {
    if (error instanceof DataFolderInUse) return { ok: true, value: serviceDesk(runningService(env)) };
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

const NO_SUCH_KEY = { ok: false, problem: 'there is no key with this id' } as const;

const madeSchema = z.object({ id: z.string(), key: z.string() });
const listSchema = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      scopes: z.array(z.enum(['read', 'submit', 'admin'])),
      createdAt: z.string(),
      lastUsedAt: z.string().nullable(),
    }),
  ),
});

/** The service that holds the data folder keeps its keys, too; it asks for one that may. */
function serviceDesk(service: RunningService): KeyDesk {
  return {
    create: (body) => told(service, madeSchema, '/v1/keys', { method: 'POST', body }),
    async list() {
      const answer = await told(service, listSchema, '/v1/keys');
      return answer.ok ? { ok: true, value: answer.value.keys } : answer;
    },
    revoke: (id) => told(service, z.null(), `/v1/keys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    close: async () => {},
  };
}

async function told<Value>(
  service: RunningService,
  schema: z.ZodType<Value>,
  path: string,
  init?: Parameters<typeof ask>[2],
): Promise<Told<Value>> {
  const answer = await ask(service, path, init);
  if (answer === null) return { ok: false, problem: noAnswer(service) };
  const body: unknown = await answer.json().catch(() => null);
  const parsed = schema.safeParse(body);
  if (answer.ok && parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problem: tame(otherAnswer(service, answer, body)) };
}
