import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

const member = path.resolve(import.meta.dirname, '../..');
const root = path.resolve(member, '../..');

/** What somebody would write who knows the service by its document only. */
const PROGRAM = `
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

const client = createClient<paths>({ baseUrl: process.argv[2] ?? '' });
const submitted = await client.POST('/v1/articles', { body: [{ url: 'https://example.com/a' }, { text: 'A text.', title: 'B' }] });
if (submitted.data === undefined || !('items' in submitted.data)) throw new Error('no receipts');
const receipts = submitted.data.items.flatMap((item) => ('id' in item ? [item.id] : []));
const page = await client.GET('/v1/stories', { params: { query: { limit: 1, q: 'wheat' } } });
const first: components['schemas']['StorySummary'] | undefined = page.data?.stories[0];
const story = await client.GET('/v1/stories/{id}', { params: { path: { id: first?.id ?? '' } } });
const mirror = story.data?.mirrors[0];
const none = await client.GET('/v1/articles/{id}', { params: { path: { id: 'none' } } });
// @ts-expect-error A word is no number of stories.
const wrong = await client.GET('/v1/stories', { params: { query: { limit: 'ten' } } });
// @ts-expect-error There is no such address.
await client.GET('/v1/nothing');
process.stdout.write(JSON.stringify({
  receipts: receipts.length,
  title: first?.title,
  verdict: mirror?.match.verdict.kind,
  none: none.error?.type,
  wrong: wrong.error?.status,
}));
`;

let service: TestService;
let folder: string;
beforeAll(async () => {
  service = await startTestService();
  const body = 'Farmers brought in less than half of the usual harvest of wheat, the ministry said on Monday.';
  await publish(service.store, 's1', [
    { url: 'https://courier.example/wheat', source: 'Courier', title: 'Wheat harvest', body },
    { url: 'https://gazette.example/wheat', source: 'Gazette', title: 'Wheat', body },
  ]);
  folder = await mkdtemp(path.join(tmpdir(), 'wirefold-client-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await service.close();
});

test('a client that is generated from the document compiles, refuses what the service would, and works', async () => {
  const document = (await (await service.ask('/v1/openapi.json')).json()) as OpenAPI3;
  await writeFile(path.join(folder, 'schema.d.ts'), astToString(await openapiTS(document)));
  await writeFile(path.join(folder, 'client.ts'), PROGRAM);
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await symlink(path.join(member, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  const run = promisify(execFile);
  const types = path.join(root, 'node_modules/@types');
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const strict = [
    '--ignoreConfig',
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--skipLibCheck',
  ];
  const options = [...strict, '--allowImportingTsExtensions', '--types', 'node', '--typeRoots', types];
  await run(process.execPath, [compiler, ...options, path.join(folder, 'client.ts')]).catch(({ stdout }) =>
    expect(stdout).toBe(''),
  );
  const { stdout } = await run(process.execPath, ['--import', 'tsx', path.join(folder, 'client.ts'), service.api.url], {
    cwd: root,
  });
  expect(JSON.parse(stdout)).toEqual({
    receipts: 2,
    title: 'Wheat harvest',
    verdict: 'same text',
    none: '/problems/not-found',
    wrong: 400,
  });
});
