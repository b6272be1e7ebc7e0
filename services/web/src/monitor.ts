import type { QueueDepth } from '@wirefold/queue';
import type { StageFigures, Violation } from '@wirefold/store';
import { reasonWords } from './article.ts';
import { count, formatDuration, formatNumber, timeElement } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

/** What the store and the queue say of one stage; `queue` is null while the queue does not answer. */
export type StageView = StageFigures & { queue: QueueDepth | null };

/** How the whole stands: the same value as `GET /healthz` gives. */
export interface Health {
  isHealthy: boolean;
  /** ISO time of the last audit. */
  checkedAt: string;
  /** What is wrong, in words; empty where nothing is. */
  problems: string[];
  violations: Violation[];
}

export interface MonitorFigures {
  stages: StageView[];
  health: Health;
}

/** The queue monitor: one line of health, the figures of each stage, failures by reason. */
export function renderMonitor({ stages, health }: MonitorFigures, now: Date, refreshSeconds: number | null): Html {
  return layout({
    title: 'Monitor',
    here: 'monitor',
    json: '/v1/queues',
    main: html`<div class="monitor">
<h1 class="section-heading">Monitor</h1>
${healthLine(health)}
<div class="wide" role="region" aria-labelledby="stages" tabindex="0">
<table class="stages"><caption id="stages">Stages</caption>
<thead><tr><th scope="col">Stage</th><th scope="col">In</th><th scope="col">Out</th><th scope="col">Out, last minute</th><th scope="col">Backlog</th><th scope="col">Retrying</th><th scope="col">Oldest</th><th scope="col">Time to drain</th><th scope="col">Jobs waiting</th><th scope="col">Jobs active</th></tr></thead>
<tbody>${stages.map(stageRow)}</tbody></table>
</div>
${failuresTable(stages)}
<p class="quiet">As of ${timeElement(now.toISOString(), true)}. ${refreshLink(refreshSeconds)} Also <a href="/metrics">for Prometheus</a>.</p>
</div>`,
  });
}

function healthLine(health: Health): Html {
  if (health.isHealthy) {
    return html`<p class="health good"><strong>Healthy.</strong> Every accepted article has an outcome or is on its way. Checked ${timeElement(health.checkedAt, true)}.</p>`;
  }
  return html`<div class="health bad"><p><strong>Not healthy.</strong></p><ul>${health.problems.map((problem) => html`<li>${problem}</li>`)}</ul></div>`;
}

function stageRow(stage: StageView): Html {
  const { queue } = stage;
  return html`<tr><th scope="row">${stage.stage}</th>
<td>${formatNumber(stage.in)}</td><td>${formatNumber(stage.out)}</td><td>${formatNumber(stage.outLastMinute)}</td>
<td>${formatNumber(stage.backlog)}</td><td>${formatNumber(stage.retrying)}</td>
<td>${stage.oldestAgeMs === null ? '–' : formatDuration(stage.oldestAgeMs)}</td><td>${drainTime(stage)}</td>
<td>${queue === null ? '?' : formatNumber(queue.waiting)}</td><td>${queue === null ? '?' : formatNumber(queue.active)}</td></tr>
`;
}

/** At the pace of the last minute. */
function drainTime({ backlog, outLastMinute }: StageView): string {
  if (backlog === 0) return '–';
  return outLastMinute === 0 ? 'stands still' : formatDuration((backlog / outLastMinute) * 60_000);
}

function failuresTable(stages: StageView[]): Html {
  const failures = stages.flatMap(({ stage, failures: list }) => list.map((failure) => ({ stage, ...failure })));
  if (failures.length === 0) return html`<p>No article has failed.</p>`;
  const rows = failures
    .toSorted((a, b) => b.count - a.count)
    .map(
      ({
        stage,
        reason,
        count: articles,
        exampleId,
      }) => html`<tr><td>${stage}</td><td>${reasonWords(reason)} <span class="rule">${reason}</span></td>
<td>${formatNumber(articles)}</td><td><a href="/articles/${exampleId}">example<span class="hidden"> of ${reason}</span></a></td></tr>`,
    );
  return html`<div class="wide" role="region" aria-labelledby="failures" tabindex="0"><table class="failures"><caption id="failures">Failures by reason</caption>
<thead><tr><th scope="col">Stage</th><th scope="col">Reason</th><th scope="col">Articles</th><th scope="col">Example</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Reloading is the reader's choice: a page that changes by itself is hard to read with a screen reader. */
function refreshLink(refreshSeconds: number | null): Html {
  return refreshSeconds === null
    ? html`<a href="/monitor?refresh=5">Refresh every 5 seconds</a>.`
    : html`Refreshes every ${count(refreshSeconds, 'second', 'seconds')}; <a href="/monitor">stop</a>.`;
}
