import { readFileSync } from 'node:fs';
import type { Config } from '@wirefold/runtime';
import { createFetcher, type Fetcher, userAgentOf } from './fetch/fetcher.ts';

type FetchConfig = Pick<
  Config,
  'fetchDeadlineMs' | 'fetchBytesMax' | 'fetchProxy' | 'fetchTestHosts' | 'userAgentContact'
>;

/** The fetcher that the configuration asks for. One limit of bytes serves twice: a page does not shrink when it is decoded. */
export function configuredFetcher(config: FetchConfig): Fetcher {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return createFetcher({
    deadlineMs: config.fetchDeadlineMs,
    wireBytesMax: config.fetchBytesMax,
    bodyBytesMax: config.fetchBytesMax,
    userAgent: userAgentOf(version, config.userAgentContact),
    proxy: config.fetchProxy === null ? null : new URL(config.fetchProxy),
    testHosts: config.fetchTestHosts,
  });
}
