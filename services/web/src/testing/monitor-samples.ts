import type { History, StageFigures } from '@wirefold/store';
import type { Health, MonitorFigures } from '../monitor.ts';

export const STAGES: StageFigures[] = [
  {
    stage: 'ingest',
    in: 12_840,
    out: 12_705,
    inLastMinute: 54,
    outLastMinute: 54,
    backlog: 135,
    retrying: 12,
    oldestAgeMs: 192_000,
    failures: [
      { reason: 'http-not-found', count: 31, exampleId: 'f1' },
      { reason: 'paywall', count: 8, exampleId: 'f2' },
    ],
  },
  {
    stage: 'cluster',
    in: 12_666,
    out: 12_666,
    inLastMinute: 55,
    outLastMinute: 55,
    backlog: 0,
    retrying: 0,
    oldestAgeMs: null,
    failures: [],
  },
];

export const HEALTHY: Health = { isHealthy: true, checkedAt: '2026-03-11T09:40:12.000Z', problems: [], violations: [] };

const SPREAD = { count: 120, mean: 850, p50: 640, p95: 2_400, p99: 12_000 };

const DAY: History = {
  hours: 24,
  stepMinutes: 5,
  stages: [
    {
      stage: 'ingest',
      waitMs: SPREAD,
      runMs: { ...SPREAD, p50: 42 },
      points: [
        {
          at: '2026-03-11T09:30:00.000Z',
          in: 60,
          out: 45,
          rejected: 2,
          retried: 1,
          backlog: 135,
          oldestAgeMs: 192_000,
          waitMs: SPREAD,
          runMs: SPREAD,
        },
        {
          at: '2026-03-11T09:35:00.000Z',
          in: 0,
          out: 0,
          rejected: 0,
          retried: 0,
          backlog: null,
          oldestAgeMs: null,
          waitMs: null,
          runMs: null,
        },
      ],
    },
    { stage: 'cluster', waitMs: null, runMs: null, points: [] },
  ],
  submittedToStoryMs: SPREAD,
  candidates: { ...SPREAD, mean: 12.5 },
  linked: { ...SPREAD, mean: 5 },
  outcomes: [
    { stage: 'ingest', outcome: 'done', reason: '', count: 118 },
    { stage: 'cluster', outcome: 'event', reason: 'created', count: 90 },
    { stage: 'ingest', outcome: 'rejected', reason: 'paywall', count: 2 },
  ],
};

export const MONITOR: Omit<MonitorFigures, 'stages' | 'health'> = {
  day: DAY,
  hour: DAY,
  failures: [
    { stage: 'ingest', reason: 'http-not-found', host: 'gazette.example', count: 31, exampleId: 'f1' },
    { stage: 'ingest', reason: 'paywall', host: null, count: 8, exampleId: 'f2' },
  ],
  quarantine: [
    {
      id: 'q1',
      url: 'https://gazette.example/odd',
      stage: 'cluster',
      detail: 'TypeError: odd',
      endedAt: '2026-03-11T09:00:00.000Z',
    },
  ],
  hosts: [
    {
      host: 'gazette.example',
      waiting: 12,
      nextAt: '2026-03-11T09:41:00.000Z',
      delayMs: 5_000,
      failuresInARow: 2,
      lastReason: 'http-too-many-requests',
      fetches: 80,
      failed: 4,
      failedShare: 0.05,
      lastDay: { fetches: 40, unchanged: 10, refused: 1, tooMany: 3, robots: 2 },
      fetchesAnHour: 7.5,
      fetchedAt: '2026-03-11T09:40:00.000Z',
    },
  ],
  index: { largestBucket: 40, largestStory: { id: 's9', copies: 201 } },
};

/** The same with `evil` in every place that a text from outside can reach. */
export function monitorWith(evil: string): typeof MONITOR {
  const evilHost = { ...MONITOR.hosts[0], host: evil, lastReason: evil } as (typeof MONITOR.hosts)[number];
  return {
    day: { ...DAY, outcomes: [{ stage: 'ingest', outcome: evil, reason: evil, count: 1 }] },
    hour: DAY,
    failures: [
      { stage: 'ingest', reason: evil, host: evil, count: 1, exampleId: evil },
      { stage: 'ingest', reason: evil, host: null, count: 1, exampleId: evil },
    ],
    quarantine: [{ id: evil, url: evil, stage: 'ingest', detail: evil, endedAt: evil }],
    hosts: [evilHost],
    index: { largestBucket: null, largestStory: { id: evil, copies: 9 } },
  };
}
