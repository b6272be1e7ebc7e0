import { expect, test } from 'vitest';
import { createEvents } from './events.ts';
import type { LogLevel } from './logger.ts';

/** Events whose lines are kept, and a way to read one series. */
function recordedEvents(level: LogLevel = 'debug') {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const events = createEvents({ level, service: 'test', destination });
  const series = async (name: string) => {
    const text = await events.metricsText();
    return text.split('\n').filter((line) => line.startsWith(`wirefold_${name}`) && !line.endsWith(' 0'));
  };
  return { events, lines, series };
}

const noChanges = { merged: [], events: [] };

test('each end of a stage is one line and one count, with the word of the reason', async () => {
  const { events, lines, series } = recordedEvents();
  const facts = { stage: 'ingest', articleId: 'a', url: 'https://news.example/a', detail: 'status 503' } as const;
  events.ingested({ articleId: 'b', url: null, durationMs: 20 });
  events.retried({ ...facts, reason: 'http-server-error', afterMs: 5_000, attempt: 1 });
  events.rejected({ ...facts, reason: 'http-server-error' });
  events.clustered({ articles: 3, changes: noChanges, durationMs: 7 });
  expect(await series('stage_outcomes_total{')).toEqual([
    'wirefold_stage_outcomes_total{stage="ingest",outcome="done",reason=""} 1',
    'wirefold_stage_outcomes_total{stage="ingest",outcome="retry",reason="http-server-error"} 1',
    'wirefold_stage_outcomes_total{stage="ingest",outcome="rejected",reason="http-server-error"} 1',
    'wirefold_stage_outcomes_total{stage="cluster",outcome="done",reason=""} 3',
  ]);
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    ['debug', 'ingested'],
    ['info', 'retried'],
    ['warn', 'rejected'],
    ['debug', 'clustered'],
  ]);
  expect(lines[2]).toMatchObject({ service: 'test', ...facts, reason: 'http-server-error' });
  expect(await series('stage_duration_seconds_sum')).toEqual([
    'wirefold_stage_duration_seconds_sum{stage="ingest"} 0.02',
    'wirefold_stage_duration_seconds_sum{stage="cluster"} 0.007',
  ]);
});

test('no url and no id stands in a label', async () => {
  const { events } = recordedEvents();
  const facts = {
    stage: 'ingest',
    articleId: 'id-of-it',
    url: 'https://news.example/a',
    detail: 'detail-of-it',
  } as const;
  events.rejected({ ...facts, reason: 'no-text' });
  events.bug({ stage: 'cluster', articleId: 'id-of-it', cause: new Error('text-of-it') });
  events.audited([{ invariant: 'I2', id: 'id-of-it', detail: 'detail-of-it' }]);
  expect(await events.metricsText()).not.toMatch(/id-of-it|news\.example|detail-of-it|text-of-it/);
});

test('what happened to stories is counted by its kind, and each merge has its line', async () => {
  const { events, lines, series } = recordedEvents('info');
  const happened = (kind: string) => ({ kind, storyId: 's1', articleId: null });
  events.clustered({
    articles: 2,
    changes: {
      merged: [{ from: 's2', into: 's1' }],
      events: [happened('created'), happened('merged'), happened('created')],
    },
    durationMs: 5,
  });
  expect(await series('story_changes_total{')).toEqual([
    'wirefold_story_changes_total{kind="created"} 2',
    'wirefold_story_changes_total{kind="merged"} 1',
  ]);
  expect(lines).toMatchObject([{ msg: 'stories merged', from: 's2', into: 's1' }]);
});

test('a sweep that found nothing is silent, and articles that were given up are an error', () => {
  const { events, lines } = recordedEvents();
  const nothing = { ingest: 0, cluster: 0, suspects: 0, lost: [], withheld: 0 };
  events.swept(nothing);
  events.swept({ ...nothing, ingest: 2 });
  events.swept({ ...nothing, lost: ['a'] });
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    ['info', 'handed out again'],
    ['error', 'articles given up'],
  ]);
});

test('figures of the stages are what was set last, and a reason that is gone has no series', async () => {
  const { events, series } = recordedEvents();
  const figures = {
    stage: 'ingest',
    in: 9,
    out: 5,
    inLastMinute: 2,
    outLastMinute: 1,
    backlog: 4,
    retrying: 1,
    oldestAgeMs: 1_500,
  } as const;
  events.setStageFigures([{ ...figures, failures: [{ reason: 'paywall', count: 2, exampleId: 'a' }] }]);
  expect(await series('failed_articles{')).toEqual(['wirefold_failed_articles{stage="ingest",reason="paywall"} 2']);
  events.setStageFigures([{ ...figures, oldestAgeMs: null, failures: [] }]);
  events.setQueueDepths({ cluster: { waiting: 7, active: 2 } });
  expect(await series('failed_articles{')).toEqual([]);
  expect(await series('backlog_articles{')).toEqual(['wirefold_backlog_articles{stage="ingest"} 4']);
  expect(await series('oldest_age_seconds{')).toEqual([]);
  expect(await series('queue_jobs{')).toEqual([
    'wirefold_queue_jobs{stage="cluster",state="waiting"} 7',
    'wirefold_queue_jobs{stage="cluster",state="active"} 2',
  ]);
});

test('an error is logged with its causes, and without the command that a driver attached to it', () => {
  const { events, lines } = recordedEvents();
  const driverError = Object.assign(new Error('WRONGPASS'), {
    code: 'E1',
    command: { name: 'auth', args: ['secret'] },
  });
  events.queueUnavailable({ cause: new Error('the queue is not available', { cause: driverError }), stage: 'ingest' });
  expect(lines).toMatchObject([
    { msg: 'queue error', err: { message: 'the queue is not available', cause: { message: 'WRONGPASS', code: 'E1' } } },
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('an error that is its own cause ends', () => {
  const { events, lines } = recordedEvents();
  const error = new Error('round');
  error.cause = error;
  events.bug({ stage: 'ingest', cause: error });
  events.bug({ stage: 'ingest', cause: 'a text' });
  expect(lines).toMatchObject([{ err: { message: 'round' } }, { err: { type: 'string', message: 'a text' } }]);
});
