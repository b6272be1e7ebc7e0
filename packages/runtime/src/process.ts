import { type Config, problemsAlone, readConfig } from './config.ts';
import { createEvents, type Events } from './events.ts';
import { serveMetrics } from './metrics-server.ts';
import { type Engines, openEngines } from './open.ts';
import { type Part, runUntilSignal } from './shutdown.ts';

const EXIT_COULD_NOT_RUN = 2;

/** What a process is given to start its parts with. */
export interface ProcessContext {
  config: Config;
  events: Events;
  engines: Engines;
}

export interface ProcessOptions {
  service: 'all' | 'api' | 'ingest' | 'cluster';
  env: Record<string, string | undefined>;
  /** Version of the dedup parameters that sign the texts. */
  signatureVersion: number;
  /** Starts the parts and returns them in that order. */
  start(context: ProcessContext): Promise<Part[]>;
}

/**
 * The life of a process: read the configuration, open the engines, start the parts, wait for a signal, close in reverse order.
 * Resolves with the exit code; what keeps it from starting is written to standard error in words that say what to do.
 */
export async function runProcess({ service, env, signatureVersion, start }: ProcessOptions): Promise<number> {
  const reading = readConfig(env);
  const problems = reading.ok ? (service === 'all' ? [] : problemsAlone(service, reading.config)) : reading.problems;
  if (!reading.ok || problems.length > 0) return couldNotRun(problems.join('\nwirefold: '));
  const { config } = reading;
  const events = createEvents({ level: config.logLevel, service });
  const parts: Part[] = [];
  try {
    const engines = await openEngines(config, events, { signatureVersion });
    parts.push({ name: 'engines', close: () => engines.close() });
    // Where there is an api, it has them.
    const metrics =
      service === 'ingest' || service === 'cluster'
        ? await serveMetrics({ settings: config, store: engines.store, events })
        : null;
    if (metrics !== null) parts.push(metrics);
    parts.push(...(await start({ config, events, engines })));
  } catch (cause) {
    for (const part of parts.toReversed()) await part.close();
    events.log.debug({ err: cause }, 'could not start');
    return couldNotRun(cause instanceof Error ? cause.message : String(cause));
  }
  return runUntilSignal(parts, { shutdownMs: config.shutdownMs, log: events.log });
}

function couldNotRun(problem: string): number {
  process.stderr.write(`wirefold: ${problem}\n`);
  return EXIT_COULD_NOT_RUN;
}
