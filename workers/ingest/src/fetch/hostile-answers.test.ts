import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentData } from '../../../../test/support/shared.ts';
import type { HostileEnds } from '../testing/hostile-answers.ts';

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

/** Of the whole process that fetches, bombs included; a reader that trusts its sites needs more than two gigabytes. */
const MEMORY_MIB_MAX = 200;

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
  let server: Server | null = null;
  let port = 0;
  let paths: string[] = [];

  beforeAll(async () => {
    // The size in MiB of the bombs that the server builds: more than the process that meets them may hold.
    process.env.BOMB_MB ??= '256';
    const hostile = await load(serverPath ?? '', folder);
    paths = hostile.paths;
    server = await hostile.start(0);
    port = (server.address() as AddressInfo).port;
  }, 120_000);

  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('each ends with its reason within the deadline, in a process that stays small', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      join(import.meta.dirname, '../testing/hostile-answers.ts'),
      String(port),
      ...paths,
    ]);
    const { ends, peakMiB } = JSON.parse(stdout) as HostileEnds;
    expect(ends).toEqual(EXPECTED);
    expect(peakMiB).toBeLessThan(MEMORY_MIB_MAX);
  }, 60_000);
});
