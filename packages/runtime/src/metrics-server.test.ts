import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEvents, type Events } from './events.ts';
import { serveMetrics } from './metrics-server.ts';
import type { Part } from './shutdown.ts';

const lines: string[] = [];
const destination = new PassThrough().on('data', (line: Buffer) => void lines.push(line.toString()));
const store = { isThere: true, ping: () => (store.isThere ? Promise.resolve() : Promise.reject(new Error('away'))) };

let events: Events;
let part: Part | null;
let url = '';

beforeAll(async () => {
  events = createEvents({ level: 'info', service: 'ingest', destination });
  part = await serveMetrics({ settings: { metricsPort: 0, metricsHost: '127.0.0.1' }, store, events });
  url = /http:[^"]*(?=\/metrics)/.exec(lines.join(''))?.[0] ?? '';
});
afterAll(() => part?.close());

describe('a worker that has a port for it', () => {
  test('gives its own counters to Prometheus, and no gauge that would need the store', async () => {
    events.bug({ stage: 'ingest', cause: new Error('made here') });
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toContain('wirefold_bugs_total{stage="ingest"} 1');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toMatch(/^# TYPE wirefold_\w+ gauge$/m);
    expect(await events.metricsText()).toMatch(/^wirefold_stale_articles 0$/m);
  });

  test('is healthy as long as the store answers', async () => {
    const healthy = await fetch(`${url}/health`);
    expect([healthy.status, await healthy.json()]).toEqual([200, { status: 'healthy', problems: [] }]);
    store.isThere = false;
    const ill = await fetch(`${url}/health`);
    expect([ill.status, await ill.json()]).toEqual([
      503,
      { status: 'unhealthy', problems: ['The store does not answer.'] },
    ]);
    store.isThere = true;
  });

  test('answers nothing else', async () => {
    expect((await fetch(`${url}/v1/stories`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
  });

  test('says which port is taken, and does without one where none is set', async () => {
    const settings = { metricsPort: Number(new URL(url).port), metricsHost: '127.0.0.1' };
    await expect(serveMetrics({ settings, store, events })).rejects.toThrow(/METRICS_PORT: .* set another one/);
    expect(await serveMetrics({ settings: { ...settings, metricsPort: null }, store, events })).toBeNull();
  });
});
