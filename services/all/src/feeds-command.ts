import type { Writable } from 'node:stream';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';
import { ask as askService, keyHint, noAnswer, problemIn, type RunningService } from './running-service.ts';

/** The parts of the API's answers that are looked at; what is printed is the whole. */
const listSchema = z.object({ feeds: z.array(z.looseObject({ id: z.string() })), nextCursor: z.string().nullable() });
const importedSchema = z.object({
  feeds: z.array(z.looseObject({ id: z.string() })),
  refused: z.array(z.object({ url: z.string(), detail: z.string() })),
});

/** Where the answers come from and go to. */
export interface FeedsConsole {
  server: RunningService;
  output: Writable;
  progress: Writable;
}

/** Subscribes feeds, or those that pages name, and prints one JSON line for each. */
export async function addFeeds(urls: string[], isFullText: boolean, to: FeedsConsole): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for (const url of urls) {
    const body = { url, ...(isFullText && { fullText: true }) };
    const answer = await ask(to, '/v1/sources', { method: 'POST', body });
    if (answer === null) return EXIT.couldNotRun;
    if (answer.ok) to.output.write(`${(await answer.text()).trim()}\n`);
    else code = await refused(answer, url, to);
  }
  return code;
}

/** Prints one JSON line for each subscribed feed. */
export async function listFeeds(to: FeedsConsole): Promise<ExitCode> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await ask(to, `/v1/feeds?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    const page = answer?.ok ? listSchema.safeParse(await answer.json()) : null;
    if (!page?.success) return unreadable(answer, to);
    for (const feed of page.data.feeds) to.output.write(`${JSON.stringify(feed)}\n`);
    cursor = page.data.nextCursor;
  }
  return EXIT.ok;
}

/** Subscribes the feeds of an OPML file; what is refused goes to `progress`. */
export async function importFeeds(opml: string, to: FeedsConsole): Promise<ExitCode> {
  const answer = await ask(to, '/v1/feeds.opml', { method: 'POST', opml });
  if (answer !== null && !answer.ok) return refused(answer, 'the list', to);
  const imported = answer === null ? null : importedSchema.safeParse(await answer.json());
  if (!imported?.success) return unreadable(answer, to);
  const { feeds, refused: bad } = imported.data;
  for (const feed of feeds) to.output.write(`${JSON.stringify(feed)}\n`);
  for (const { url, detail } of bad) to.progress.write(`wirefold: ${JSON.stringify(url)} ${detail}\n`);
  return bad.length === 0 ? EXIT.ok : EXIT.someBad;
}

/** Prints the subscribed feeds as OPML. */
export async function exportFeeds(to: FeedsConsole): Promise<ExitCode> {
  const answer = await ask(to, '/v1/feeds.opml');
  if (!answer?.ok) return unreadable(answer, to);
  to.output.write(await answer.text());
  return EXIT.ok;
}

type Asking = Parameters<typeof askService>[2];

async function ask({ server, progress }: FeedsConsole, path: string, asking?: Asking): Promise<Response | null> {
  const answer = await askService(server, path, asking);
  if (answer === null) progress.write(`wirefold: ${noAnswer(server)}\n`);
  return answer;
}

async function refused(answer: Response, what: string, { progress }: FeedsConsole): Promise<ExitCode> {
  const said = problemIn(await answer.json().catch(() => null)) ?? `answered ${answer.status}`;
  progress.write(`wirefold: ${JSON.stringify(what)} was refused: ${said}${keyHint(answer)}\n`);
  return EXIT.someBad;
}

function unreadable(answer: Response | null, { server, progress }: FeedsConsole): ExitCode {
  if (answer !== null) {
    const hint = keyHint(answer);
    progress.write(`wirefold: ${server.url} answered ${answer.status}, and nothing that can be read${hint}\n`);
  }
  return EXIT.couldNotRun;
}
