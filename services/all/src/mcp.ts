import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';
import { ask, noAnswer, otherAnswer, type RunningService } from './running-service.ts';

/** Mirrors of a story that a model is given; `mirrorCount` has the full number. */
const MIRRORS_TOLD_MAX = 50;
/** What stays unsaid of a mirror: a model that needs its words asks for its page. */
const MIRROR_SILENT = new Set(['body', 'boilerplate', 'paragraphs']);

const READ_ONLY = { readOnlyHint: true, openWorldHint: false };
const relatedSchema = z.object({ related: z.array(z.unknown()) });
const storySchema = z.looseObject({ mirrors: z.array(z.record(z.string(), z.unknown())) });

/** Speaks MCP on `input` and `output` until the input ends. All is asked of the service, and nothing is changed there. */
export async function serveMcp(service: RunningService, input: Readable, output: Writable): Promise<ExitCode> {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  const server = new McpServer({ name: 'wirefold', version });
  addSearch(server, service);
  addStory(server, service);
  addMatch(server, service);
  const ended = once(input, 'end');
  // The transport closes by itself on a message that no buffer holds.
  const closed = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  await server.connect(new StdioServerTransport(input, output));
  await Promise.race([ended, closed]);
  await server.close();
  return EXIT.ok;
}

function addSearch(server: McpServer, service: RunningService): void {
  const inputSchema = {
    q: z.string().optional().describe('Words to search for, in web search syntax: "exact words", or, -without'),
    source: z.string().optional().describe('Key of an outlet that has a copy, such as example.com'),
    lang: z.string().optional().describe('Language of the text, as ISO 639 has it, such as en'),
    min_mirrors: z.int().min(0).optional().describe('Least number of further copies'),
    min_origins: z.int().min(0).optional().describe('Least number of origins'),
    limit: z.int().min(1).max(100).optional().describe('Stories at most; 20 unless told'),
  };
  const description =
    'Searches news stories, newest first. A story is one text, however many outlets printed it: copies, outlets, who wrote it, its opening.';
  server.registerTool(
    'search_stories',
    { title: 'Search stories', description, inputSchema, annotations: READ_ONLY },
    (query) => {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
      return told(service, `/v1/stories?${search}`);
    },
  );
}

function addStory(server: McpServer, service: RunningService): void {
  const description =
    'Gives one story with its proof: the text, why its canonical leads, who wrote it and why that is known, each copy with the figures of its verdict, its log, and as related other stories of the same event, with the names that say so.';
  const inputSchema = { id: z.string().min(1).describe('Id of a story; that of a merged one leads to what it became') };
  server.registerTool(
    'get_story',
    { title: 'Get a story', description, inputSchema, annotations: READ_ONLY },
    async ({ id }) => {
      const path = `/v1/stories/${encodeURIComponent(id)}`;
      const related = await relatedTo(service, path);
      return told(service, path, undefined, (body) => withoutBodies(body, related));
    },
  );
}

function addMatch(server: McpServer, service: RunningService): void {
  const description =
    'Says whether a text is a copy of something: the texts that it is one with, who printed them, the verdict of each; else the nearest. Keeps nothing.';
  const inputSchema = {
    text: z.string().min(1).describe('The whole text of an article'),
    title: z.string().optional().describe('Its headline'),
  };
  server.registerTool(
    'match_text',
    { title: 'Match a text', description, inputSchema, annotations: READ_ONLY },
    (body) => told(service, '/v1/match', { method: 'POST', body }),
  );
}

/** An answer of the service as a tool's, and what went wrong in words. */
async function told(
  service: RunningService,
  path: string,
  init?: Parameters<typeof ask>[2],
  view: (body: unknown) => unknown = (body) => body,
): Promise<CallToolResult> {
  const answer = await ask(service, path, init);
  if (answer === null) return failed(noAnswer(service));
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok && body !== null) return { content: [{ type: 'text', text: JSON.stringify(view(body)) }] };
  return failed(otherAnswer(service, answer, body));
}

function failed(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}

/** Other stories of the event; none where an older service does not know them. */
async function relatedTo(service: RunningService, path: string): Promise<unknown[]> {
  const answer = await ask(service, `${path}/related`);
  const parsed = relatedSchema.safeParse(answer?.ok ? await answer.json().catch(() => null) : null);
  return parsed.success ? parsed.data.related : [];
}

/** The copies of a text are the same text again, and would fill the memory of a model with it. */
function withoutBodies(body: unknown, related: unknown[]): unknown {
  const parsed = storySchema.safeParse(body);
  if (!parsed.success) return body;
  const { paragraphs: _, ...story } = parsed.data;
  const mirrors = story.mirrors
    .slice(0, MIRRORS_TOLD_MAX)
    .map((mirror) => Object.fromEntries(Object.entries(mirror).filter(([name]) => !MIRROR_SILENT.has(name))));
  return { ...story, mirrors, related };
}
