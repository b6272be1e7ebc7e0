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

/** The command's own arguments; an unknown option is a problem to tell, not an exception. */
export function parse<O extends Options>(args: string[], options: O) {
  try {
    return { ok: true as const, ...parseArgs({ args, options, allowPositionals: true }) };
  } catch (error) {
    return { ok: false as const, problem: error instanceof Error ? error.message : String(error) };
  }
}
