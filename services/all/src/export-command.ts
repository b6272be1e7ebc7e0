import { extname } from 'node:path';
import type { Writable } from 'node:stream';
import { EXIT, type ExitCode } from './exit-code.ts';
import { exportStories } from './export-stories.ts';
import { exists, writeNew } from './extract-output.ts';
import { type CommandConsole, type CommandEnd, parse } from './read-arguments.ts';
import { runningService } from './running-service.ts';

const FORMATS = ['jsonl', 'csv', 'parquet'] as const;
/** The filters of the API, as flags and as its parameters. */
const FILTERS = {
  since: 'since',
  source: 'source',
  lang: 'lang',
  'min-mirrors': 'min_mirrors',
  'min-origins': 'min_origins',
  q: 'q',
} as const;
const TEXT = { type: 'string' } as const;
const FLAGS = {
  since: TEXT,
  source: TEXT,
  lang: TEXT,
  q: TEXT,
  'min-mirrors': TEXT,
  'min-origins': TEXT,
  format: TEXT,
  server: TEXT,
  force: { type: 'boolean' },
} as const;

/** Writes the copies of a running service's stories as a table to a file that is not there yet, or to standard output. */
export async function exportCommand(args: string[], { env, output, progress }: CommandConsole): Promise<CommandEnd> {
  const parsed = parse(args, FLAGS);
  if (!parsed.ok) return { problem: parsed.problem };
  const { positionals, values } = parsed;
  const [file = '-', ...rest] = positionals;
  if (rest.length > 0) return { problem: 'export takes one file, or - for standard output' };
  const format = FORMATS.find((name) => name === (values.format ?? formatOf(file)));
  if (format === undefined) return { problem: `--format ${values.format} is none of ${FORMATS.join(', ')}` };
  const query = new URLSearchParams();
  for (const [flag, name] of Object.entries(FILTERS)) {
    const value = values[flag as keyof typeof FILTERS];
    if (value !== undefined) query.set(name, value);
  }
  const server = runningService(env, values.server);
  const run = (to: Writable): Promise<ExitCode> => exportStories({ server, format, query }, { output: to, progress });
  if (file === '-') return run(output);
  const isForced = values.force ?? false;
  if (isForced || !(await exists(file))) {
    const written = await writeNew(file, isForced, run);
    if (written !== null) return written;
  }
  progress.write(`wirefold: ${file} is there already; name another one, or say --force\n`);
  return EXIT.couldNotRun;
}

/** What the name of a file says; JSON lines where it says nothing. */
function formatOf(file: string): string {
  const ending = extname(file).slice(1).toLowerCase();
  return FORMATS.find((name) => name === ending) ?? 'jsonl';
}
