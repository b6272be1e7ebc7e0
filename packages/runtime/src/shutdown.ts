import type { Logger } from 'pino';

/** Something that was started and has to be closed. */
export interface Part {
  name: string;
  close(): Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
// What a shell shows for a process that Ctrl-C ended.
const EXIT_INTERRUPTED = 130;
// One Ctrl-C may arrive twice, from the terminal and from the program that started this one. Nobody presses it again so soon.
const SAME_PRESS_MS = 500;
// A process that is done, but for a connection that nobody closed, is ended after this time.
const LINGER_MS = 1_000;

/**
 * Waits for Ctrl-C or a request to stop, then closes `parts` (given in the order they were started) from the last to the first, in
 * at most `shutdownMs`. Resolves with the exit code: 0, or 1 where a part failed to close or the time ran out. A second signal ends
 * the process at once: the ledger makes good what was in hand.
 */
export async function runUntilSignal(parts: Part[], options: { shutdownMs: number; log: Logger }): Promise<number> {
  const { shutdownMs, log } = options;
  const signal = await nextSignal();
  log.info({ signal }, 'stopping');
  const firstAtMs = performance.now();
  const onSecond = () => {
    if (performance.now() - firstAtMs > SAME_PRESS_MS) process.exit(EXIT_INTERRUPTED);
  };
  for (const name of SIGNALS) process.on(name, onSecond);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(() => {
      log.error({ shutdownMs }, 'could not stop in time');
      resolve(1);
    }, shutdownMs);
  });
  const exitCode = await Promise.race([closeAll(parts, log), late]);
  clearTimeout(timer);
  for (const name of SIGNALS) process.off(name, onSecond);
  setTimeout(() => process.exit(exitCode), LINGER_MS).unref();
  log.info({ exitCode }, 'stopped');
  return exitCode;
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      for (const name of SIGNALS) process.off(name, onSignal);
      resolve(signal);
    };
    for (const name of SIGNALS) process.on(name, onSignal);
  });
}

async function closeAll(parts: Part[], log: Logger): Promise<number> {
  let exitCode = 0;
  for (const part of parts.toReversed()) {
    try {
      await part.close();
    } catch (cause) {
      log.error({ part: part.name, err: cause }, 'could not close');
      exitCode = 1;
    }
  }
  return exitCode;
}
