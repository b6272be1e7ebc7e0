import { type ChangeNature, type CopyChanges, copyChanges, type PrintedCopy } from '@wirefold/story';
import { EXIT } from './exit-code.ts';
import { isOfService } from './explain.ts';
import { type InputReading, readInput } from './explain-input.ts';
import { fetchInput } from './explain-service.ts';
import { type CommandConsole, type CommandEnd, parse } from './read-arguments.ts';
import { runningService } from './running-service.ts';
import { tame } from './tame.ts';

/** Words alike around a change that are shown on either side. */
const AROUND_WORDS_MAX = 8;
const NATURES: ChangeNature[] = ['editorial', 'boilerplate', 'credit'];

/**
 * Says what copy B changed of copy A, word by word. Each is a file, or the id or URL of an article of a running service. Ends as diff
 * does: 0 where no word differs, 1 where some do.
 */
export async function diffCommand(args: string[], to: CommandConsole): Promise<CommandEnd> {
  const parsed = parse(args, { json: { type: 'boolean' }, server: { type: 'string' } });
  if (!parsed.ok) return { problem: parsed.problem };
  const [aName, bName, ...rest] = parsed.positionals;
  if (aName === undefined || bName === undefined || rest.length > 0) return { problem: 'diff takes two articles' };
  const { server, json = false } = parsed.values;
  const a = await readCopy(aName, server, to);
  const b = a === null ? null : await readCopy(bName, server, to);
  if (a === null || b === null) return EXIT.couldNotRun;
  const changes = copyChanges(a, b);
  to.output.write(json ? `${JSON.stringify(changes, null, 2)}\n` : viewOf(changes));
  return changes.operations.every(({ kind }) => kind === 'kept') ? EXIT.ok : EXIT.someBad;
}

/** Null where there is none; what is wrong is told. */
async function readCopy(name: string, url: string | undefined, to: CommandConsole): Promise<PrintedCopy | null> {
  const isKnown = await isOfService(name);
  const reading = await (isKnown
    ? fetchInput(name, runningService(to.env, url))
    : readInput(name, new Date().toISOString()));
  if (reading.ok && reading.input.copy !== null) return reading.input.copy;
  to.progress.write(`wirefold: ${reading.ok ? refusalOf(name, reading) : reading.problem}\n`);
  return null;
}

function refusalOf(name: string, { input }: Extract<InputReading, { ok: true }>): string {
  const { refused } = input.about;
  return `${name} is no article${refused === null ? '' : `: ${refused.reason}, ${refused.detail}`}`;
}

/** `[-gone-]` and `{+new+}`, as word diffs of version control have it, with a few words around. */
function viewOf(changes: CopyChanges): string {
  const counts = NATURES.map((nature) => {
    const { words, places } = changes[nature];
    return `${words} ${nature} ${words === 1 ? 'word' : 'words'} in ${places} ${places === 1 ? 'place' : 'places'}`;
  });
  const { operations } = changes;
  const parts = operations.map(({ kind, text, nature }, at) => {
    if (kind === 'kept') return shortened(text, at > 0, at < operations.length - 1);
    const mark = nature === null || nature === 'editorial' ? '' : `(${nature}) `;
    const words = text.trimEnd();
    return (kind === 'removed' ? `[-${mark}${words}-]` : `{+${mark}${words}+}`) + text.slice(words.length);
  });
  return `${[counts.join('; '), '', ...parts.join('').split('\n').map(tame)].join('\n').trimEnd()}\n`;
}

/** The beginning and the end of a run that is alike, as far as changes are near. */
function shortened(text: string, isAfterChange: boolean, isBeforeChange: boolean): string {
  const words = text.split(/(?<=\s)(?=\S)/u);
  const head = isAfterChange ? AROUND_WORDS_MAX : 0;
  const tail = isBeforeChange ? AROUND_WORDS_MAX : 0;
  if (words.length <= head + tail) return text;
  const end = tail === 0 ? [] : words.slice(-tail);
  return [...words.slice(0, head), '\n...\n', ...end].join('');
}
