import type { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { IServerAdapter, UIConfig } from '@bull-board/api/typings/app';
import type { Queue as BullQueue } from 'bullmq';
import { readPayload } from './jobs.ts';
import { type QueueName, STAGES } from './queue.ts';

/** What serves bull-board, of whatever HTTP framework. */
export type JobBoard = IServerAdapter;

export interface JobBoardOptions {
  look: UIConfig;
  /** Where a person finds out about an article, given its id. */
  articlePath(id: string): string;
}

/**
 * What each queue is for, beside its name on the board. A job is gone when it has ended: how it went stands with its articles.
 */
const DESCRIPTIONS: Record<QueueName, string> = {
  ingest: 'Articles to fetch, extract and sign',
  cluster: 'Signed articles to place in stories',
  deliver: 'Webhooks that have something to be told',
  feeds: 'Looks for feeds whose poll is due',
};

/**
 * Has bull-board show these queues. It may only read: whatever is done to a job here, the sweeper would hand out its articles again,
 * and a pause that nobody remembers stops all for ever. bull-board is loaded when it is first asked for.
 */
export async function showQueues(
  queues: ReadonlyMap<QueueName, object>,
  board: JobBoard,
  { look, articlePath, showWorkers }: JobBoardOptions & { showWorkers: boolean },
): Promise<void> {
  const [{ createBullBoard }, { BullMQAdapter: Adapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
  ]);
  const shown = [...queues].map(([stage, queue]): BullMQAdapter => {
    const ofArticles = STAGES.some((each) => each === stage);
    // What an engine made as a producer is BullMQ's queue, whose type differs by the database behind it.
    return new Adapter(queue as BullQueue, {
      readOnlyMode: true,
      description: DESCRIPTIONS[stage],
      ...(ofArticles && { externalJobUrl: ({ data }) => articleLink(data, articlePath) }),
    });
  });
  createBullBoard({ queues: shown, serverAdapter: board, options: { uiConfig: { ...look, showWorkers } } });
}

function articleLink(data: unknown, articlePath: JobBoardOptions['articlePath']) {
  const payload = readPayload(data);
  const [first = ''] = payload.ok ? payload.ids : [];
  return { displayText: first === '' ? 'no article' : 'its first article', href: articlePath(first) };
}
