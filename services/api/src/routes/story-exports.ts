import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Events } from '@wirefold/runtime';
import type { ExportQuery, ExportRow, Store } from '@wirefold/store';
import type { Response } from 'express';
import { z } from 'zod';
import { COLUMNS } from '../exports/columns.ts';
import { renderCsv } from '../exports/csv.ts';
import { renderJsonLines } from '../exports/json-lines.ts';
import { renderParquet } from '../exports/parquet.ts';
import { EXPORT_PAGE_ROWS, EXPORT_STALLED_MS, EXPORTS_AT_ONCE_MAX, RETRY_AFTER_SECONDS } from '../limits.ts';
import { sendProblem } from '../problem.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { listSchema, storyQuery } from './stories.ts';

type ExportStore = Pick<Store, 'exportRows'>;

/** What the exports of a process share. */
interface Desk {
  store: ExportStore;
  events: Pick<Events, 'log'>;
  open: Set<Response>;
}

interface Format {
  id: string;
  name: string;
  ending: string;
  type: string;
  render: (pages: AsyncIterable<ExportRow[]>) => AsyncIterable<string | Uint8Array>;
}

const FORMATS: Format[] = [
  { id: 'storiesJsonLines', name: 'JSON Lines', ending: 'jsonl', type: 'application/jsonl', render: renderJsonLines },
  { id: 'storiesCsv', name: 'CSV', ending: 'csv', type: 'text/csv', render: renderCsv },
  {
    id: 'storiesParquet',
    name: 'Parquet',
    ending: 'parquet',
    type: 'application/vnd.apache.parquet',
    render: renderParquet,
  },
];

const AFTER = /^(\d{4}-\d\d-\d\dT[\d:.]{1,12}Z),([\w-]{1,100}),([\w-]{1,100})$/;

/** A list without pages, or the rest of one whose answer broke off. */
const exportSchema = listSchema.omit({ cursor: true, limit: true }).extend({
  after: z
    .string('is given more than once')
    .refine(
      (text) => rowAfter(text) !== null,
      'must be created_at, story_id and article_id of a row, with commas between them',
    )
    .optional()
    .meta({ description: 'Only what follows this row of the same list: its `created_at,story_id,article_id`' }),
});

/** The row that an export goes on after. */
function rowAfter(after: string | undefined): ExportQuery['after'] {
  const [, createdAt, storyId, articleId] = AFTER.exec(after ?? '') ?? [];
  if (createdAt === undefined || storyId === undefined || articleId === undefined) return null;
  const time = Date.parse(createdAt);
  return Number.isNaN(time) ? null : { createdAt: new Date(time).toISOString(), storyId, articleId };
}

const DESCRIPTION =
  'A row for each copy of each story that the list has, all of them, without texts. An answer that breaks off is not whole. It is read ' +
  'while it is sent, so a story that is merged or split meanwhile may be missing or stand in it twice: `/v1/changes` tells of those. ' +
  `Columns: ${COLUMNS.map(({ name }) => `\`${name}\``).join(', ')}; \`a\` is the canonical, \`b\` the copy.`;

function exporting({ id, name, ending, type }: Format) {
  return {
    id,
    method: 'get',
    path: `/v1/stories.${ending}`,
    topic: 'Stories',
    summary: `The copies of such a list of stories as a table: ${name}`,
    description: DESCRIPTION,
    scope: 'read',
    query: exportSchema,
    answers: { 200: { description: 'The table.', type } },
    problems: [],
  } as const satisfies Operation;
}

/** Any list of stories as a table of their copies. */
export function storyExportEndpoints(store: ExportStore, events: Desk['events']): Endpoint[] {
  const desk: Desk = { store, events, open: new Set() };
  return FORMATS.map((format) => endpoint(exporting(format), sendExport(desk, format)));
}

function sendExport(desk: Desk, { ending, type, render }: Format) {
  const { store, open } = desk;
  return async ({ request, query: { after, ...query }, response }: Asked<ReturnType<typeof exporting>>) => {
    if (open.size >= EXPORTS_AT_ONCE_MAX) {
      response.set('Retry-After', String(RETRY_AFTER_SECONDS));
      return sendProblem(response, 'unavailable', 'As many exports are under way as there may be.');
    }
    open.add(response);
    response.once('close', () => open.delete(response));
    const asked: ExportQuery = { ...storyQuery(query, EXPORT_PAGE_ROWS), after: rowAfter(after) };
    // Asked before the head is sent: a store that is away is an answer of its own.
    const first = await store.exportRows(asked);
    response.set({
      'Content-Type': type === 'text/csv' ? `${type}; charset=utf-8; header=present` : type,
      'Content-Disposition': `attachment; filename="stories.${ending}"`,
      'Cache-Control': 'no-store',
    });
    if (request.method === 'HEAD' || response.destroyed) return response.end();
    response.setTimeout(EXPORT_STALLED_MS, () => response.destroy());
    await send(desk, render(pagesOf(store, asked, first)), response);
  };
}

/**
 * Reads on only as fast as the client takes, and ends when it goes. Where the store fails the connection is cut, so that nobody takes
 * a part for the whole.
 */
async function send({ events }: Desk, parts: AsyncIterable<string | Uint8Array>, response: Response): Promise<void> {
  try {
    await pipeline(Readable.from(parts, { highWaterMark: 1 }), response);
  } catch (cause) {
    const isClient = (cause as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!isClient) events.log.warn({ err: cause }, 'an export broke off');
  }
}

async function* pagesOf(store: ExportStore, asked: ExportQuery, first: ExportRow[]): AsyncGenerator<ExportRow[]> {
  for (let rows = first; ; ) {
    const last = rows.at(-1);
    if (last !== undefined) yield rows;
    if (last === undefined || rows.length < asked.limit) return;
    rows = await store.exportRows({ ...asked, after: last });
  }
}
