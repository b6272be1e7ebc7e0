import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wirefold } from './support/command-line.ts';
import { freePort } from './support/free-port.ts';
import { type LocalService, startInMemory } from './support/local-service.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEXT =
  'The harbor of Selby will be closed to cruise ships from May, its council decided on Monday after a debate of six hours.\n\n' +
  'Hotels had asked for another summer. The smoke of the ships, said the mayor, has blackened the new town hall within four years, ' +
  'and 61 percent of those who live at the quay want them gone.';

let service: LocalService;
let clients: Client[] = [];
beforeAll(async () => {
  service = await startInMemory();
  await service.push([
    { url: 'https://courier.example/harbor', source: 'Courier', title: 'Harbor closes to cruise ships', text: TEXT },
    { url: 'https://gazette.example/harbor', source: 'Gazette', title: 'No more cruises', text: TEXT },
  ]);
}, 120_000);
afterAll(async () => {
  for (const client of clients) await client.close();
  await service.close();
});

async function connect(server: string, env: Record<string, string> = {}): Promise<Client> {
  const args = ['--import', 'tsx', 'services/all/src/main.ts', 'mcp', '--server', server];
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args, cwd: ROOT, env }));
  clients = [...clients, client];
  return client;
}

async function call(client: Client, name: string, input: Record<string, unknown>) {
  const result = await client.callTool({ name, arguments: input });
  const [content] = result.content as { type: string; text: string }[];
  return { isError: result.isError ?? false, text: content?.text ?? '' };
}

describe('mcp', { timeout: 120_000 }, () => {
  let client: Client;
  beforeAll(async () => {
    client = await connect(service.baseUrl);
  }, 60_000);

  async function found(query: Record<string, unknown>) {
    const { text } = await call(client, 'search_stories', query);
    return (JSON.parse(text) as { stories: { id: string; copies: number }[] }).stories;
  }

  it('has three tools that only read, each with the schema of its input', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search_stories', 'get_story', 'match_text']);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    const [search] = tools;
    expect(Object.keys(search?.inputSchema.properties ?? {})).toEqual(
      expect.arrayContaining(['q', 'source', 'lang', 'min_mirrors', 'min_origins', 'limit']),
    );
  });

  it('finds stories by what they say and by how many printed them', async () => {
    expect(await found({ q: 'cruise' })).toMatchObject([{ copies: 2 }]);
    expect(await found({ q: 'cruise', min_mirrors: 2 })).toEqual([]);
    expect(await found({ q: 'submarine' })).toEqual([]);
  });

  it('gives a story with its proof, and its text not once more for each copy', async () => {
    const [story] = await found({});
    const { text } = await call(client, 'get_story', { id: story?.id ?? '' });
    const proof = JSON.parse(text) as { body: string; mirrors: object[] };
    expect(proof).toMatchObject({ id: story?.id, mirrors: [{ match: { verdict: { linked: true, rule: 'equal' } } }] });
    expect(proof).toMatchObject({ related: [] });
    expect(proof).toHaveProperty('reasons');
    expect(proof.body).toContain('61 percent');
    expect(JSON.stringify(proof.mirrors)).not.toContain('61 percent');
  });

  it('matches a text', async () => {
    const { text } = await call(client, 'match_text', { text: TEXT });
    const [story] = await found({});
    expect(JSON.parse(text)).toMatchObject({
      linked: 1,
      matches: [{ copies: 2, articles: [{ story: story?.id, isCanonical: true }, { isCanonical: false }] }],
    });
  });

  it('says in words what is wrong', async () => {
    const unknown = await call(client, 'get_story', { id: 'none' });
    expect(unknown).toEqual({ isError: true, text: expect.stringContaining('answered 404: There is no story') });
    const short = await call(client, 'match_text', { text: 'Harbor.' });
    expect(short).toEqual({ isError: true, text: expect.stringContaining('answered 422') });
    const lost = await connect(`http://127.0.0.1:${await freePort()}`);
    const unanswered = await call(lost, 'search_stories', {});
    expect(unanswered).toEqual({ isError: true, text: expect.stringContaining('no service answers at') });
  });

  it('ends by itself on a message that is too large', async () => {
    const { code } = await wirefold(['mcp', '--server', service.baseUrl], 'x'.repeat(2 ** 25));
    expect(code).toBe(0);
  });

  it('ends with its input, and takes nothing but --server', async () => {
    expect(await wirefold(['mcp', '--server', service.baseUrl])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(await wirefold(['mcp', 'x'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('mcp takes nothing'),
    });
  });
});
