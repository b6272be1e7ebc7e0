import type { QueueDepth } from '@wirefold/queue';
import type {
  FailureGroup,
  History,
  HostFigures,
  IndexFigures,
  Quarantined,
  StageFigures,
  Violation,
} from '@wirefold/store';
import { count, timeElement } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { chartsSection } from './monitor-charts.ts';
import {
  failuresTable,
  hostsTable,
  indexSection,
  outcomesTable,
  quarantineList,
  stagesTable,
  timesTable,
} from './monitor-tables.ts';

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
  /** The last 24 hours, and the last one. */
  day: History;
  hour: History;
  failures: FailureGroup[];
  /** Articles that failed as a bug. */
  quarantine: Quarantined[];
  hosts: HostFigures[];
  index: IndexFigures;
}

export interface MonitorView {
  /** Without scripts the page is loaded again after so many seconds; null for never. */
  refreshSeconds: number | null;
  /** Failures that were just asked to be tried again; null where nobody asked. */
  retried: number | null;
}

// A tag without any value in it: nothing from outside can stand in it.
const SCRIPT = html`<script type="module" src="/assets/monitor.js"></script>`;

/** The queue monitor: one line of health, the figures of each stage now and over time, what failed and why. */
export function renderMonitor(figures: MonitorFigures, now: Date, { refreshSeconds, retried }: MonitorView): Html {
  const { stages, health, day, hour, failures, quarantine, hosts, index } = figures;
  return layout({
    title: 'Monitor',
    here: 'monitor',
    json: '/v1/queues',
    main: html`<div class="monitor">
<h1>Monitor</h1>
${healthLine(health)}
${retried !== null && html`<p class="notice" role="status">${count(retried, 'article is', 'articles are')} tried again.</p>`}
<div>${stagesTable(stages)}
<p class="quiet">As of ${now.toISOString().slice(0, 10)}, <span data-live="as-of">${now.toISOString().slice(11, 19)}</span>. <span class="refresh">${refreshLink(refreshSeconds)}</span> Also <a href="/metrics">for Prometheus</a>, and <a href="/monitor/jobs">the raw jobs</a>.</p></div>
${timesTable(hour)}
${chartsSection(day)}
${outcomesTable(day)}
${failuresTable(failures)}
${quarantineList(quarantine)}
${hostsTable(hosts)}
${indexSection(day, index)}
${whereForm()}
</div>
${SCRIPT}`,
  });
}

function healthLine(health: Health): Html {
  if (health.isHealthy) {
    return html`<p class="health good"><strong>Healthy.</strong> Every accepted article has an outcome or is on its way. Checked ${timeElement(health.checkedAt, true)}.</p>`;
  }
  return html`<div class="health bad"><p><strong>Not healthy.</strong></p><ul>${health.problems.map((problem) => html`<li>${problem}</li>`)}</ul></div>`;
}

function whereForm(): Html {
  return html`<form class="add" action="/articles" method="get"><label class="section-heading" for="where">Where is my URL?</label>
<input id="where" name="url" type="url" required maxlength="2048" placeholder="https://example.com/an-article">
<div class="buttons"><button type="submit">Where is it?</button></div></form>`;
}

/** Reloading is the reader's choice: a page that changes by itself is hard to read with a screen reader. */
function refreshLink(refreshSeconds: number | null): Html {
  return refreshSeconds === null
    ? html`<a href="/monitor?refresh=5">Refresh every 5 seconds</a>.`
    : html`Refreshes every ${count(refreshSeconds, 'second', 'seconds')}; <a href="/monitor">stop</a>.`;
}
