import { type Queue, type QueueDepth, STAGES, type Stage } from '@wirefold/queue';
import type { Events } from '@wirefold/runtime';
import type { Store, Violation } from '@wirefold/store';
import type { Health, MonitorFigures } from '@wirefold/web';
import { AUDIT_EVERY_MS, ENGINE_TIMEOUT_MS } from './limits.ts';

interface Audit {
  at: Date;
  violations: Violation[];
}

export interface HealthOptions {
  store: Store;
  events: Pick<Events, 'audited'>;
  /** Age at which an unfinished article breaks an invariant. */
  articleDeadlineMs: number;
  now(): Date;
}

/** Tells how the whole stands: the store is asked each time, its invariants at most every `AUDIT_EVERY_MS`. */
export function createHealth({ store, events, articleDeadlineMs, now }: HealthOptions): () => Promise<Health> {
  let last: Audit | null = null;
  let running: Promise<Audit> | null = null;
  const audit = async (): Promise<Audit> => {
    const violations = await store.audit({ deadlineMs: articleDeadlineMs });
    events.audited(violations);
    last = { at: now(), violations };
    return last;
  };
  const recent = (): Promise<Audit> => {
    if (last !== null && now().getTime() - last.at.getTime() < AUDIT_EVERY_MS) return Promise.resolve(last);
    running ??= audit().finally(() => {
      running = null;
    });
    return running;
  };
  return async () => {
    if (!(await answers(store))) {
      return {
        isHealthy: false,
        checkedAt: now().toISOString(),
        problems: ['The store does not answer.'],
        violations: [],
      };
    }
    const { at, violations } = await recent();
    const problems = violations.map(({ invariant, id, detail }) => `${invariant}: ${detail} (${id})`);
    return { isHealthy: violations.length === 0, checkedAt: at.toISOString(), problems, violations };
  };
}

/** Whether the store answers in time. */
export function answers(store: Pick<Store, 'ping'>): Promise<boolean> {
  return within(
    store.ping().then(() => true),
    ENGINE_TIMEOUT_MS,
    false,
  );
}

/** What `asked` gives, or `otherwise` where it fails or takes longer than `ms`. */
async function within<Value>(asked: Promise<Value>, ms: number, otherwise: Value): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  try {
    return await Promise.race([asked.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The figures of every stage, the queue's own null while it does not answer, and what the upkeep has still to do. */
export async function figureViews(store: Store, queue: Queue) {
  const depthOf = (stage: Stage) => within<QueueDepth | null>(queue.depth(stage), ENGINE_TIMEOUT_MS, null);
  const [{ stages, upkeep }, depths] = await Promise.all([store.figures(), Promise.all(STAGES.map(depthOf))]);
  const views: MonitorFigures['stages'] = stages.map((figures) => ({
    ...figures,
    queue: depths[STAGES.indexOf(figures.stage)] ?? null,
  }));
  return { stages: views, upkeep };
}
