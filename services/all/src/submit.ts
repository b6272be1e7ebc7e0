import type { Writable } from 'node:stream';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';
import { ask, keyHint, noAnswer, type RunningService } from './running-service.ts';

/** The part of the API's answer that is printed. */
export const answerSchema = z.object({
  items: z.array(
    z.looseObject({ id: z.string().optional(), state: z.string().optional(), problem: z.unknown().optional() }),
  ),
});

/**
 * Submits URLs to a running service and prints one JSON line for each, with its id and state. Those that were read before are read again
 * where `isRefetch` says so.
 */
export async function submitUrls(
  urls: string[],
  server: RunningService,
  output: Writable,
  progress: Writable,
  isRefetch = false,
): Promise<ExitCode> {
  const body = urls.map((url) => ({ url, ...(isRefetch && { refetch: true }) }));
  const answer = await ask(server, '/v1/articles', { method: 'POST', body });
  if (answer === null) {
    progress.write(`wirefold: ${noAnswer(server)}\n`);
    return EXIT.couldNotRun;
  }
  const answered: unknown = await answer.json().catch(() => null);
  const parsed = answerSchema.safeParse(answered);
  if (!parsed.success) {
    progress.write(
      `wirefold: ${server.url} answered ${answer.status}: ${JSON.stringify(answered)}${keyHint(answer)}\n`,
    );
    return EXIT.couldNotRun;
  }
  for (const item of parsed.data.items) output.write(`${JSON.stringify(item)}\n`);
  return parsed.data.items.every((item) => item.id !== undefined) ? EXIT.ok : EXIT.someBad;
}
