import type { FeedRecord, StageFigures } from '@wirefold/store';
import type { Health } from '../monitor.ts';

export const FEED: FeedRecord = {
  id: 'f0a1',
  url: 'https://keldmouth-gazette.example/rss',
  askedUrl: 'https://keldmouth-gazette.example/',
  kind: 'rss',
  title: 'Keldmouth Gazette',
  homeUrl: 'https://keldmouth-gazette.example/',
  sourceKey: 'keldmouth-gazette.example',
  isFullText: false,
  state: 'active',
  result: 'new',
  reason: null,
  detail: null,
  failuresInARow: 0,
  nextPollAt: '2026-03-11T09:45:00.000Z',
  intervalMs: 600_000,
  polledAt: '2026-03-11T09:35:00.000Z',
  changedAt: '2026-03-11T09:35:00.000Z',
  polls: 1_204,
  entries: 40,
  entriesNew: 3_310,
  createdAt: '2026-01-02T08:00:00.000Z',
};

export const HEALTHY: Health = { isHealthy: true, checkedAt: '2026-03-11T09:40:12.000Z', problems: [], violations: [] };

export const STAGES: StageFigures[] = [
  {
    stage: 'ingest',
    in: 12_840,
    out: 12_705,
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
    outLastMinute: 55,
    backlog: 0,
    retrying: 0,
    oldestAgeMs: null,
    failures: [],
  },
];
