import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentData } from '../../../../test/support/shared.ts';
import { fetcherFor } from '../testing/loopback.ts';
import type { Fetcher, FetcherOptions } from './fetcher.ts';

const serverPath = developmentData('data/hostile/http/server.mjs');

/** What has to come of each path; a page that is fetched in full is `ok`. */
const EXPECTED: Record<string, string> = {
  '/ok': 'ok',
  '/bomb-gzip': 'body-too-large',
  '/bomb-br': 'body-too-large',
  '/bomb-gzgz': 'bad-encoding',
  '/endless': 'body-too-large',
  '/drip': 'deadline-exceeded',
  '/never-headers': 'deadline-exceeded',
  '/drip-headers': 'deadline-exceeded',
  '/huge-header': 'body-too-large',
  '/many-headers': 'body-too-large',
  '/loop': 'too-many-redirects',
  '/loop-grow': 'too-many-redirects',
  '/redirect-empty': 'http-client-error',
  '/redirect-big-body': 'ok',
  '/pdf': 'not-html',
  '/video': 'not-html',
  // Bytes that lie about their type are a page here; what kind they are is decided where their text is read.
  '/liar-html-is-binary': 'ok',
  '/cl-short': 'bad-encoding',
  '/cl-te-smuggle': 'bad-encoding',
  '/bad-chunk': 'bad-encoding',
  '/gzip-truncated': 'bad-encoding',
  '/gzip-lie': 'bad-encoding',
  '/enc-unknown': 'bad-encoding',
  '/status-999': 'http-client-error',
  '/continue-flood': 'connection-failed',
  '/not-http': 'connection-failed',
  // Control characters in a header end the exchange before anything is made of the location.
  '/location-crlf': 'connection-failed',
};

interface HostileServer {
  paths: string[];
  start(port: number): Promise<Server>;
}

/** Loads the server from a copy whose folder for prebuilt bombs is ours. */
async function load(path: string, folder: string): Promise<HostileServer> {
  const source = readFileSync(path, 'utf8').replace(/^const D=.*$/m, `const D=${JSON.stringify(`${folder}/`)};`);
  const copy = join(folder, 'hostile.mjs');
  writeFileSync(copy, source);
  return (await import(pathToFileURL(copy).href)) as HostileServer;
}

describe.skipIf(serverPath === null)('the shared hostile answers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirefold-hostile-'));
  const limits: Partial<FetcherOptions> = { deadlineMs: 1_000, wireBytesMax: 2_000_000 };
  let server: Server | null = null;
  let fetcher: Fetcher | null = null;
  let paths: string[] = [];

  beforeAll(async () => {
    // The size in MiB of the bombs that the server builds.
    process.env.BOMB_MB = '64';
    const hostile = await load(serverPath ?? '', folder);
    paths = hostile.paths;
    server = await hostile.start(0);
    fetcher = fetcherFor((server.address() as AddressInfo).port, limits);
  }, 60_000);

  afterAll(async () => {
    await fetcher?.close();
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('each ends with its reason', async () => {
    // One after another: a host takes two at a time, and the deadline includes the wait.
    const results: Record<string, string> = {};
    for (const path of paths) {
      const result = await fetcher?.fetchPage(`http://site.test${path}`, new AbortController().signal);
      results[path] = result?.ok ? 'ok' : (result?.reason ?? 'none');
    }
    expect(results).toEqual(EXPECTED);
  }, 30_000);
});
