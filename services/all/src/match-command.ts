import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { decodePage } from '@wirefold/article';
import { z } from 'zod';
import { EXIT } from './exit-code.ts';
import { type CommandConsole, type CommandEnd, parse } from './read-arguments.ts';
import { ask, noAnswer, otherAnswer, runningService } from './running-service.ts';
import { tame } from './tame.ts';

/** What the service takes of a page, and more than it takes of a text. */
const FILE_BYTES_MAX = 2 * 2 ** 20;

const articleSchema = z.object({
  articleId: z.string(),
  url: z.string().nullable(),
  title: z.string(),
  source: z.object({ name: z.string() }),
  story: z.string().nullable(),
});
const matchedSchema = z.object({
  verdict: z.object({ kind: z.string(), rule: z.string(), jaccard: z.number(), aInB: z.number(), bInA: z.number() }),
  copies: z.number(),
  articles: z.array(articleSchema),
});
const answerSchema = z.object({
  words: z.number(),
  candidates: z.number(),
  linked: z.number(),
  matches: z.array(matchedSchema),
  nearest: matchedSchema.nullable(),
});

/** Asks a running service whose copy a file is: a text, or an HTML page. Ends with 0 where it is one, with 1 where none is known. */
export async function matchCommand(args: string[], to: CommandConsole): Promise<CommandEnd> {
  const parsed = parse(args, { json: { type: 'boolean' }, server: { type: 'string' } });
  if (!parsed.ok) return { problem: parsed.problem };
  const [file, ...rest] = parsed.positionals;
  if (file === undefined || rest.length > 0) return { problem: 'match takes one file of text or HTML' };
  const { server: url, json = false } = parsed.values;
  const fail = (problem: string) => {
    to.progress.write(`wirefold: ${problem}\n`);
    return EXIT.couldNotRun;
  };
  const { size } = await stat(file);
  if (size > FILE_BYTES_MAX) return fail(`${file} is larger than ${FILE_BYTES_MAX} bytes`);
  const bytes = await readFile(file);
  const isPage = /^\.html?$/i.test(extname(file));
  const body = isPage ? { html: decodePage(bytes, null).html } : { text: bytes.toString() };
  const server = runningService(to.env, url);
  const answer = await ask(server, '/v1/match', { method: 'POST', body });
  if (answer === null) return fail(noAnswer(server));
  const answered: unknown = await answer.json().catch(() => null);
  if (!answer.ok) return fail(otherAnswer(server, answer, answered));
  const match = answerSchema.safeParse(answered);
  if (!match.success) return fail(`${server.url} answered something else than a match`);
  to.output.write(json ? `${JSON.stringify(answered, null, 2)}\n` : viewOf(match.data));
  return match.data.linked > 0 ? EXIT.ok : EXIT.notLinked;
}

function viewOf({ words, candidates, linked, matches, nearest }: z.infer<typeof answerSchema>): string {
  const lines = [
    linked > 0 ? 'It is a copy.' : 'No copy is known.',
    `${words} words were compared with ${candidates} texts; ${linked} are one with it.`,
    ...matches.flatMap((match) => ['', ...matchedLines(match)]),
    ...(nearest === null ? [] : ['', 'The nearest:', ...matchedLines(nearest)]),
  ];
  return `${lines.map(tame).join('\n')}\n`;
}

function matchedLines({ verdict, copies, articles }: z.infer<typeof matchedSchema>): string[] {
  const { kind, rule, jaccard, aInB, bInA } = verdict;
  const figures = `Jaccard ${jaccard.toFixed(3)}, it holds ${bInA.toFixed(3)} of the text, which holds ${aInB.toFixed(3)} of it`;
  return [
    `${kind} (rule ${rule}): ${figures}`,
    ...articles.map(
      ({ articleId, url, title, source, story }) =>
        `  ${source.name}: ${title === '' ? 'Untitled' : title} (story ${story ?? 'not placed yet'}, article ${articleId}${url === null ? '' : `, ${url}`})`,
    ),
    ...(copies > articles.length ? [`  and ${copies - articles.length} more`] : []),
  ];
}
