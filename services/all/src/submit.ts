import type { Writable } from 'node:stream';
import { readConfig, SETTINGS } from '@wirefold/runtime';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';

/** The part of the API's answer that is printed. */
export const answerSchema = z.object({
  items: z.array(
    z.looseObject({ id: z.string().optional(), state: z.string().optional(), problem: z.unknown().optional() }),
  ),
});

/** Submits URLs to a running service and prints one JSON line for each, with its id and state. */
export async function submitUrls(
  urls: string[],
  server: string,
  output: Writable,
  progress: Writable,
): Promise<ExitCode> {
  const answer = await postArticles(server, 'application/json', JSON.stringify(urls.map((url) => ({ url }))));
  if (answer === null) {
    progress.write(`wirefold: ${noService(server)}\n`);
    return EXIT.couldNotRun;
  }
  const body: unknown = await answer.json().catch(() => null);
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) {
    progress.write(`wirefold: ${server} answered ${answer.status}: ${JSON.stringify(body)}\n`);
    return EXIT.couldNotRun;
  }
  for (const item of parsed.data.items) output.write(`${JSON.stringify(item)}\n`);
  return parsed.data.items.every((item) => item.id !== undefined) ? EXIT.ok : EXIT.someBad;
}

/** Sends articles to a service; null where none answers. */
export function postArticles(server: string, type: string, body: string): Promise<Response | null> {
  const request = { method: 'POST', headers: { 'content-type': type }, body };
  return fetch(new URL('/v1/articles', server), request).catch(() => null);
}

export function noService(server: string): string {
  return `no service answers at ${server}; start one with \`npm start\`, or name it with --server`;
}

/** Where `npm start` listens with the same environment. */
export function defaultServer(env: Record<string, string | undefined>): string {
  const reading = readConfig(env);
  return `http://127.0.0.1:${reading.ok ? reading.config.port : SETTINGS.port.default}`;
}
