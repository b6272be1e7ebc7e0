import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { ExitCode } from './exit-code.ts';

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

/** How a command ended, or what was wrong with its arguments. */
export type CommandEnd = ExitCode | { problem: string };

/** Where a command reads its settings and writes. */
export interface CommandConsole {
  env: Record<string, string | undefined>;
  output: Writable;
  progress: Writable;
}

/** The command's own arguments; an unknown option, and a `--server` that is no URL, is a problem to tell, not an exception. */
export function parse<O extends Options>(args: string[], options: O) {
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true });
    const server: unknown = Reflect.get(parsed.values, 'server');
    if (typeof server === 'string' && !URL.canParse(server))
      return { ok: false as const, problem: `--server ${server} is not a URL` };
    return { ok: true as const, ...parsed };
  } catch (error) {
    return { ok: false as const, problem: error instanceof Error ? error.message : String(error) };
  }
}
