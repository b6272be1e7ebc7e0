import { PARAMS } from '@wirefold/dedup';
import { readConfig, runProcess } from '@wirefold/runtime';
import { openStore } from '@wirefold/store';
import { EXIT, type ExitCode } from './exit-code.ts';
import { startService } from './service.ts';

type Environment = Record<string, string | undefined>;

/** Runs everything in one process until it is told to stop. */
export function serve(env: Environment): Promise<number> {
  return runProcess({
    service: 'all',
    env,
    signatureVersion: PARAMS.version,
    async start(context) {
      const { url, parts } = await startService(context);
      process.stdout.write(
        `Wirefold is up at ${url}\n` +
          `  stories  ${url}/          submit a URL there, or: npm run -s wirefold -- submit URL\n` +
          `  queues   ${url}/monitor   also as JSON at /v1/queues, for Prometheus at /metrics\n` +
          `  engines  ${context.engines.description}\n` +
          'Ctrl-C stops it; nothing is lost.\n',
      );
      return parts;
    },
  });
}

/** Brings the tables of the configured store up to date. */
export async function migrate(env: Environment): Promise<ExitCode> {
  const reading = readConfig(env);
  if (!reading.ok) {
    process.stderr.write(`wirefold: ${reading.problems.join('\nwirefold: ')}\n`);
    return EXIT.couldNotRun;
  }
  const { databaseUrl, dataDir } = reading.config;
  try {
    const { store, engine } = await openStore({ databaseUrl, dataDir, signatureVersion: PARAMS.version });
    await store.close();
    process.stderr.write(`wirefold: the tables of the ${engine} store are up to date\n`);
    return EXIT.ok;
  } catch (error) {
    process.stderr.write(`wirefold: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.couldNotRun;
  }
}
