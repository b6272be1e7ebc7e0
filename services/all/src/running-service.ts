import { readConfig, SETTINGS } from '@wirefold/runtime';
import { z } from 'zod';

/** A service that the command line talks to, and the key that it shows. */
export interface RunningService {
  url: string;
  key: string | null;
}

/** The service at `url`, or where `npm start` listens with the same environment. */
export function runningService(env: Record<string, string | undefined>, url?: string): RunningService {
  const reading = readConfig(env);
  const port = reading.ok ? reading.config.port : SETTINGS.port.default;
  return { url: url ?? `http://127.0.0.1:${port}`, key: reading.ok ? reading.config.wirefoldKey : null };
}

/** Sends a request, and gives null where nothing answers. `body` goes as JSON, `lines` as lines of it, `opml` as it is. */
export async function ask(
  { url, key }: RunningService,
  path: string,
  { method = 'GET', body, lines, opml }: { method?: string; body?: unknown; lines?: string[]; opml?: string } = {},
): Promise<Response | null> {
  const headers = {
    ...(key !== null && { authorization: `Bearer ${key}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(lines !== undefined && { 'content-type': 'application/x-ndjson' }),
    ...(opml !== undefined && { 'content-type': 'text/x-opml' }),
  };
  const content = opml ?? lines?.join('') ?? (body === undefined ? null : JSON.stringify(body));
  const sent = content === null ? { method, headers } : { method, headers, body: content };
  return fetch(new URL(path, url), sent).catch(() => null);
}

/** What to do where nothing answers. */
export function noAnswer({ url }: RunningService): string {
  return `no service answers at ${url}; start one with \`npm start\`, or name it with --server`;
}

const problemSchema = z.object({ title: z.string(), detail: z.string().optional() });

/** What a body says that went wrong; null where it is no problem document. */
export function problemIn(body: unknown): string | null {
  const problem = problemSchema.safeParse(body);
  return problem.success ? (problem.data.detail ?? problem.data.title) : null;
}

/** What a service answered instead of what it was asked for, in its own words, and what to do where a key is missing. */
export function otherAnswer({ url }: RunningService, answer: Response, body: unknown): string {
  return `${url} answered ${answer.status}: ${problemIn(body) ?? 'nothing that can be read'}${keyHint(answer)}`;
}

/** What to do where a key is missing; empty where that is not the trouble. */
export function keyHint({ status }: Response): string {
  return status === 401 || status === 403 ? '; set WIREFOLD_KEY to a key that allows it' : '';
}
