import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type LocalService, startInMemory } from './support/local-service.ts';

const docs = path.join(path.dirname(import.meta.dirname), 'docs');

const ruleSchema = z.strictObject({
  alert: z.string().regex(/^Wirefold[A-Z]\w+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[smhd]$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
  annotations: z.strictObject({ summary: z.string(), description: z.string().optional() }),
});
const alertsSchema = z.strictObject({
  groups: z.tuple([z.strictObject({ name: z.string(), rules: z.array(ruleSchema).min(1) })]),
});
const dashboardSchema = z.looseObject({
  title: z.literal('Wirefold'),
  schemaVersion: z.int(),
  panels: z
    .array(
      z.looseObject({
        id: z.int(),
        title: z.string(),
        gridPos: z.strictObject({ h: z.int(), w: z.int().max(24), x: z.int().max(23), y: z.int() }),
        targets: z.array(z.looseObject({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).min(1),
      }),
    )
    .min(1),
});

/** Labels that a series may be asked for, by the name of its metric as it stands in the text format. */
let metrics: Map<string, string>;
let service: LocalService;

beforeAll(async () => {
  service = await startInMemory();
  const text = await (await fetch(`${service.baseUrl}/metrics`)).text();
  metrics = new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]));
});
afterAll(() => service.close());

/** Names in an expression that no metric of ours has; a histogram is asked for by the names of its parts. */
function unknownIn(expression: string): string[] {
  return [...expression.matchAll(/\bwirefold_\w+/g)]
    .map(([name]) => name)
    .filter((name) => {
      const whole = name.replace(/_(?:bucket|sum|count)$/, '');
      return metrics.get(name) === undefined && metrics.get(whole) !== 'histogram';
    });
}

describe('the alert rules', () => {
  test('are rules of Prometheus, each with its own name, about metrics that there are', () => {
    const { groups } = alertsSchema.parse(parse(readFileSync(path.join(docs, 'prometheus-alerts.yml'), 'utf8')));
    const [{ rules }] = groups;
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    expect(rules.flatMap(({ expr }) => unknownIn(expr))).toEqual([]);
    expect(rules.filter(({ expr }) => !expr.includes('wirefold_'))).toEqual([]);
  });

  test('take the rate or increase of counters, and of nothing else', () => {
    const { groups } = alertsSchema.parse(parse(readFileSync(path.join(docs, 'prometheus-alerts.yml'), 'utf8')));
    for (const { expr } of groups[0].rules) {
      for (const [whole, name = ''] of expr.matchAll(/(?<!(?:rate|increase)\()\b(wirefold_\w+)/g)) {
        expect([whole, metrics.get(name)]).toEqual([whole, 'gauge']);
      }
      for (const [, name = ''] of expr.matchAll(/(?:rate|increase)\((wirefold_\w+)/g)) {
        expect([name, metrics.get(name)]).toEqual([name, 'counter']);
      }
    }
  });
});

describe('the dashboard', () => {
  test('asks for metrics that there are, in panels that do not overlap', () => {
    const text = readFileSync(path.join(docs, 'grafana-dashboard.json'), 'utf8');
    const { panels } = dashboardSchema.parse(JSON.parse(text));
    expect(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => unknownIn(expr)))).toEqual([]);
    expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

test('a name that no metric has is found', () => {
  expect(unknownIn('rate(wirefold_stage_outcomes_total[5m]) > wirefold_nothing_bucket')).toEqual([
    'wirefold_nothing_bucket',
  ]);
});
