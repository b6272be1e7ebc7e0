/** How a command ends, for scripts. */
export const EXIT = { ok: 0, someBad: 1, couldNotRun: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
