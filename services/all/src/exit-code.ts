/** How a command ends, for scripts: `explain` answers a question by it, as grep and diff do. */
export const EXIT = { ok: 0, someBad: 1, notLinked: 1, couldNotRun: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
