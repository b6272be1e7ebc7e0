import { createReadStream } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import type { Writable } from 'node:stream';
import { EXIT, type ExitCode } from './exit-code.ts';
import { type CommandEnd, parse } from './read-arguments.ts';
import { SPILL_ERROR } from './spill.ts';

const USAGE = `wirefold: each news text once

  wirefold serve                        everything in one process (what \`npm start\` runs)
  wirefold cluster FILE|-               JSONL of articles in, the same lines with story, canonical and match out
                                        [--keep canonical] [--window-days N, 0 for no limit]
                                        [--threads N] [--tmp DIR for temporary files]
  wirefold submit URL...                hands URLs to a running service            [--server http://127.0.0.1:8080]
                                        [--refetch: fetch again what is there already]
  wirefold feeds add URL...             subscribes feeds, or those that home pages name   [--full-text] [--server URL]
  wirefold feeds list|export            prints what is subscribed, as JSON lines or as OPML            [--server URL]
  wirefold feeds import FILE|-          subscribes the feeds of an OPML file                           [--server URL]
  wirefold submit --warc FILE...|-      hands it the pages of WARC files, as they are there
  wirefold explain A B                  why two articles are copies of one text, or are not  [--json] [--server URL]
                                        each a text, .html or .json {title?, text, source?, url?} file,
                                        or the id or URL of an article of a running service
  wirefold match FILE                   whose copy is a text or .html file, by a running service       [--json] [--server URL]
  wirefold diff A B                     what B changed of A, word by word; articles as those of explain  [--json] [--server URL]
  wirefold extract FILE...|-            the articles of pages: HTML files, lines {id?, url, html}, or WARC files; gzip, too
                                        [--warc: all are WARC files, as those that are called .warc or .warc.gz]
                                        [--url URL of the one page] [--explain: what was kept, what dropped, why]
                                        [--format text|markdown|json|jsonl] [-o FILE]
  wirefold export [FILE|-]              the stories of a running service as a table of their copies, without texts; what is there is
                                        not overwritten  [--format jsonl|csv|parquet, or as FILE ends] [--force] [--server URL]
                                        [--since TIME] [--source KEY] [--lang CODE] [--q WORDS] [--min-mirrors N] [--min-origins N]
  wirefold keys create --scope SCOPE... --name NAME     makes a key and prints it, this once
                                        scopes: read, submit, admin (all of it); --scope may be given more than once
  wirefold keys list                    all keys, and when each was used last
  wirefold keys revoke ID               ends a key
                                        these need the admin key in WIREFOLD_KEY while the service has the data folder
  wirefold mcp                          a running service as tools of a language model: MCP over standard input and output
                                        [--server URL]
  wirefold migrate                      brings the store's tables up to date
  wirefold reindex                      signs and places all articles again, after an upgrade that says so
  wirefold help                         this text

Exit codes: 0 all went well, 1 some of the input was bad, 2 could not run.
Those of explain and match: 0 linked, 1 not linked, 2 could not run or read the input; of diff: 0 no word differs, 1 some do.
`;

/** Threads of `cluster` unless more are asked for: each takes about 150 MiB, and one has to feed them. */
const THREADS_BY_DEFAULT_MAX = 8;

/** Days, as a flag has it: what the service takes unless told. */
const WINDOW_DAYS = '30';
const CLUSTER_FLAGS = {
  threads: { type: 'string' },
  tmp: { type: 'string' },
  keep: { type: 'string' },
  'window-days': { type: 'string' },
} as const;

/** Files that are read as WARC without being asked to. */
function isArchiveName(file: string): boolean {
  return /\.warc(?:\.gz)?$/i.test(file);
}

const CONSOLE = { env: process.env, output: process.stdout, progress: process.stderr };

type Command = (args: string[]) => Promise<number>;

// Each command loads what it needs when it runs: the engines take a second that `help` and `cluster` need not wait for.
const COMMANDS: Record<string, Command> = {
  serve: async () => (await import('./serve.ts')).serve(process.env),
  migrate: async () => (await import('./serve.ts')).migrate(process.env),
  reindex: async () => (await import('./reindex.ts')).reindex(process.env, process.stderr),
  cluster,
  submit,
  feeds,
  explain,
  extract,
  keys,
  mcp,
  match: async (args) => ended(await (await import('./match-command.ts')).matchCommand(args, CONSOLE)),
  diff: async (args) => ended(await (await import('./diff-command.ts')).diffCommand(args, CONSOLE)),
  export: async (args) => ended(await (await import('./export-command.ts')).exportCommand(args, CONSOLE)),
  help: async () => {
    process.stdout.write(USAGE);
    return EXIT.ok;
  },
};

/** Runs one command and resolves with its exit code. */
export async function run([name = 'help', ...args]: string[]): Promise<number> {
  const command = COMMANDS[name.replace(/^--/, '')];
  if (command === undefined) return usage(`there is no command "${name}"`);
  try {
    return await command(args);
  } catch (error) {
    // A file that is missing or broken ends here; what is not about a file is a bug, and keeps its stack.
    if (!isFileError(error)) throw error;
    const trouble = error.code === SPILL_ERROR ? error.message : `cannot read the input: ${error.message}`;
    process.stderr.write(`wirefold: ${trouble}\n`);
    return EXIT.couldNotRun;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
}

function usage(problem: string): ExitCode {
  process.stderr.write(`wirefold: ${problem}\n\n${USAGE}`);
  return EXIT.couldNotRun;
}

/** What a command that reads its own arguments came to. */
function ended(end: CommandEnd): ExitCode {
  return typeof end === 'number' ? end : usage(end.problem);
}

/** Standard input for `-`, else the file. */
function open(file: string) {
  return file === '-' ? process.stdin : createReadStream(file);
}

async function cluster(args: string[]): Promise<ExitCode> {
  const parsed = parse(args, CLUSTER_FLAGS);
  if (!parsed.ok) return usage(parsed.problem);
  const [file, ...rest] = parsed.positionals;
  if (file === undefined || rest.length > 0) return usage('cluster takes one file, or - for standard input');
  const {
    threads = `${Math.min(availableParallelism(), THREADS_BY_DEFAULT_MAX)}`,
    tmp = tmpdir(),
    keep = 'all',
    'window-days': windowDays = WINDOW_DAYS,
  } = parsed.values;
  if (!/^[1-9]\d{0,2}$/.test(threads)) return usage(`--threads ${threads} is not a number from 1 to 999`);
  if (keep !== 'all' && keep !== 'canonical') return usage(`--keep ${keep} is neither all nor canonical`);
  if (!/^\d{1,5}$/.test(windowDays)) return usage(`--window-days ${windowDays} is not a number of days; 0 is no limit`);
  const { clusterFile } = await import('./cluster-file.ts');
  const options = { threads: Number(threads), tmp, keep, windowDays: Number(windowDays) } as const;
  return clusterFile(open(file), process.stdout, process.stderr, options);
}

async function submit(args: string[]): Promise<ExitCode> {
  const parsed = parse(args, { server: { type: 'string' }, warc: { type: 'boolean' }, refetch: { type: 'boolean' } });
  if (!parsed.ok) return usage(parsed.problem);
  const { positionals, values } = parsed;
  if (positionals.length === 0) return usage('submit takes one URL or more, or WARC files');
  const archives = positionals.filter((name) => values.warc === true || (isArchiveName(name) && !URL.canParse(name)));
  if (archives.length > 0 && archives.length < positionals.length)
    return usage('submit takes URLs or WARC files, not both at once');
  const { runningService } = await import('./running-service.ts');
  const server = runningService(process.env, values.server);
  if (archives.length > 0) {
    const { submitArchives } = await import('./submit-archives.ts');
    return submitArchives(archives, server, process.stdin, process.stdout, process.stderr);
  }
  const { submitUrls } = await import('./submit.ts');
  return submitUrls(positionals, server, process.stdout, process.stderr, values.refetch);
}

async function feeds([action = 'list', ...args]: string[]): Promise<ExitCode> {
  const parsed = parse(args, { server: { type: 'string' }, 'full-text': { type: 'boolean' } });
  if (!parsed.ok) return usage(parsed.problem);
  const { positionals, values } = parsed;
  const { runningService } = await import('./running-service.ts');
  const server = runningService(process.env, values.server);
  const { addFeeds, exportFeeds, importFeeds, listFeeds } = await import('./feeds-command.ts');
  const to = { server, output: process.stdout, progress: process.stderr };
  const [first, ...rest] = positionals;
  if (action === 'add' && first !== undefined) return addFeeds(positionals, values['full-text'] ?? false, to);
  if (action === 'list' && first === undefined) return listFeeds(to);
  if (action === 'export' && first === undefined) return exportFeeds(to);
  if (action === 'import' && first !== undefined && rest.length === 0) {
    const chunks: Buffer[] = [];
    for await (const chunk of open(first)) chunks.push(chunk as Buffer);
    return importFeeds(Buffer.concat(chunks).toString(), to);
  }
  return usage('feeds takes add URL..., list, export, or import FILE');
}

async function explain(args: string[]): Promise<ExitCode> {
  const parsed = parse(args, { json: { type: 'boolean' }, server: { type: 'string' } });
  if (!parsed.ok) return usage(parsed.problem);
  const [a, b, ...rest] = parsed.positionals;
  if (a === undefined || b === undefined || rest.length > 0) return usage('explain takes two articles');
  const { server, json: isJson = false } = parsed.values;
  const { explainPair } = await import('./explain.ts');
  const options = {
    server: async () => (await import('./running-service.ts')).runningService(process.env, server),
    isJson,
    seenAt: new Date().toISOString(),
  };
  return explainPair([a, b], options, process.stdout, process.stderr);
}

const KEYS_FLAGS = {
  scope: { type: 'string', multiple: true },
  name: { type: 'string' },
  server: { type: 'string' },
} as const;

async function keys(args: string[]): Promise<ExitCode> {
  const parsed = parse(args, KEYS_FLAGS);
  if (!parsed.ok) return usage(parsed.problem);
  const [action, id, ...rest] = parsed.positionals;
  const { scope = [], name, server } = parsed.values;
  const scopes = scope.flatMap((list) => list.split(','));
  const { createKeys, listKeys, revokeKey } = await import('./keys.ts');
  const to = { env: process.env, server, output: process.stdout, progress: process.stderr };
  if (action === 'create' && id === undefined) {
    if (name === undefined) return usage('keys create takes --name, so that you know the key again');
    return createKeys({ name, scopes }, to);
  }
  if (action === 'list' && id === undefined) return listKeys(to);
  if (action === 'revoke' && id !== undefined && rest.length === 0) return revokeKey(id, to);
  return usage('keys takes create, list, or revoke with the id of a key');
}

async function mcp(args: string[]): Promise<ExitCode> {
  const parsed = parse(args, { server: { type: 'string' } });
  if (!parsed.ok) return usage(parsed.problem);
  const { server } = parsed.values;
  if (parsed.positionals.length > 0) return usage('mcp takes nothing but --server');
  const { runningService } = await import('./running-service.ts');
  const { serveMcp } = await import('./mcp.ts');
  return serveMcp(runningService(process.env, server), process.stdin, process.stdout);
}

const EXTRACT_FLAGS = {
  url: { type: 'string' },
  warc: { type: 'boolean' },
  explain: { type: 'boolean' },
  format: { type: 'string' },
  output: { type: 'string', short: 'o' },
} as const;

async function extract(args: string[]): Promise<ExitCode> {
  const parsed = parse(args, EXTRACT_FLAGS);
  if (!parsed.ok) return usage(parsed.problem);
  const { positionals: files, values } = parsed;
  if (files.length === 0) return usage('extract takes files of pages, or - for standard input');
  const { url = null, explain: isExplained = false, output, warc = false } = values;
  const isArchive = (file: string) => warc || isArchiveName(file);
  const isOnePage = files.length === 1 && !files.some(isArchive);
  if (url !== null && (!URL.canParse(url) || !isOnePage))
    return usage(isOnePage ? `--url ${url} is not a URL` : '--url goes with one page');
  const { extractFiles, FORMATS } = await import('./extract-file.ts');
  const isRead = output === undefined && process.stdout.isTTY;
  const format = FORMATS.find((name) => name === (values.format ?? (isRead ? 'text' : 'jsonl')));
  if (format === undefined) return usage(`--format ${values.format} is none of ${FORMATS.join(', ')}`);
  const options = { url, isArchive, isExplained, format, seenAt: new Date().toISOString() };
  const run = (to: Writable) => extractFiles(files, options, process.stdin, to, process.stderr);
  if (output === undefined) return run(process.stdout);
  const { writeBeside } = await import('./extract-output.ts');
  const written = await writeBeside(output, files, run);
  return written ?? usage(`-o ${output} is one of the inputs`);
}
