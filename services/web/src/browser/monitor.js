// Keeps the figures of the monitor fresh and draws its charts. Without it the page shows the same figures as of when it was loaded.
import uPlot from '/assets/uplot.js';

const FIGURES_EVERY_MS = 3_000;
const HISTORY_EVERY_MS = 10_000;
const HEALTH_EVERY_MS = 30_000;
const CHART_HEIGHT = 150;

/**
 * @typedef {{stage: string, in: number, out: number, inLastMinute: number, outLastMinute: number, backlog: number, retrying: number,
 *   oldestAgeMs: number | null, queue: {waiting: number, active: number} | null}} Stage
 * @typedef {{at: string, in: number, out: number, backlog: number | null, waitMs: {p95: number} | null, runMs: {p95: number} | null}} Point
 * @typedef {{label: string, of: (point: Point, stepMinutes: number) => number | null}} Line
 * @typedef {{stage: string, points: Point[]}} StageHistory
 * @typedef {{stepMinutes: number, stages: StageHistory[]}} History
 */

const numbers = new Intl.NumberFormat('en-GB');
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** @param {number} ms */
const duration = (ms) => {
  if (ms < 60_000) return `${Math.floor(ms / 1000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  if (ms < 86_400_000) return `${Math.floor(ms / 3_600_000)} h${minutes === 0 ? '' : ` ${minutes} min`}`;
  const days = Math.floor(ms / 86_400_000);
  return `${days} ${days === 1 ? 'day' : 'days'}`;
};

/** @param {number} aMinute */
const perSecond = (aMinute) => {
  const rate = aMinute / 60;
  return rate === 0 || rate >= 10 ? numbers.format(Math.round(rate)) : rate.toFixed(rate >= 1 ? 1 : 2);
};

/** @param {Stage} stage */
const drain = ({ backlog, outLastMinute }) => {
  if (backlog === 0) return '–';
  return outLastMinute === 0 ? 'stands still' : duration((backlog / outLastMinute) * 60_000);
};

/**
 * The cells of the table of stages, by the end of their `data-live`.
 * @type {Record<string, (stage: Stage) => string>}
 */
const CELLS = {
  in: (stage) => numbers.format(stage.in),
  out: (stage) => numbers.format(stage.out),
  'in-rate': (stage) => perSecond(stage.inLastMinute),
  'out-rate': (stage) => perSecond(stage.outLastMinute),
  backlog: (stage) => numbers.format(stage.backlog),
  retrying: (stage) => numbers.format(stage.retrying),
  oldest: (stage) => (stage.oldestAgeMs === null ? '–' : duration(stage.oldestAgeMs)),
  drain,
  waiting: (stage) => (stage.queue === null ? '?' : numbers.format(stage.queue.waiting)),
  active: (stage) => (stage.queue === null ? '?' : numbers.format(stage.queue.active)),
};

/**
 * What each chart draws of a point of the history; times in seconds.
 * @type {Record<string, Line[]>}
 */
const CHARTS = {
  flow: [
    { label: 'in', of: (point, step) => point.in / step },
    { label: 'out', of: (point, step) => point.out / step },
  ],
  backlog: [{ label: 'waiting', of: (point) => point.backlog }],
  time: [
    { label: 'wait', of: (point) => point.waitMs && point.waitMs.p95 / 1000 },
    { label: 'run', of: (point) => point.runMs && point.runMs.p95 / 1000 },
  ],
};

/** @param {string} path */
const ask = async (path) => {
  const answer = await fetch(path, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

async function showFigures() {
  /** @type {{stages: Stage[]}} */
  const { stages } = await ask('/v1/queues');
  for (const stage of stages) {
    for (const [name, textOf] of Object.entries(CELLS)) {
      const cell = document.querySelector(`[data-live="${stage.stage}.${name}"]`);
      if (cell !== null) cell.textContent = textOf(stage);
    }
  }
  const asOf = document.querySelector('[data-live="as-of"]');
  if (asOf !== null) asOf.textContent = new Date().toISOString().slice(11, 19);
}

/** @type {Map<HTMLElement, uPlot>} */
const charts = new Map();

/**
 * @param {HTMLElement} figure
 * @param {Line[]} lines
 * @returns {uPlot.Options}
 */
function options(figure, lines) {
  const style = getComputedStyle(figure);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--rule'), width: 1 }, ticks: { show: false } };
  const output = figure.querySelector('.readout');
  return {
    width: figure.clientWidth,
    height: CHART_HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    scales: { y: { range: (_chart, _min, max) => /** @type {[number, number]} */ ([0, max > 0 ? max * 1.1 : 1]) } },
    axes: [
      { ...axis, values: (_chart, seconds) => seconds.map((each) => clock.format(each * 1000)), size: 28 },
      { ...axis, size: 54 },
    ],
    series: [
      {},
      ...lines.map(({ label }, index) => ({
        label,
        stroke: colour(`--line-${index + 1}`),
        dash: index === 0 ? [] : [6, 3],
        width: 2,
        // A step between two without a value is a dot.
        points: { show: true, size: 3, fill: colour(`--line-${index + 1}`) },
        spanGaps: false,
      })),
    ],
    hooks: {
      setCursor: [
        (chart) => {
          const at = chart.cursor.idx;
          if (at === null || at === undefined) return;
          const values = lines.map(({ label }, index) => `${label} ${shown(chart.data[index + 1]?.[at])}`);
          if (output !== null)
            output.textContent = `${clock.format((chart.data[0][at] ?? 0) * 1000)}: ${values.join(', ')}`;
        },
      ],
    },
  };
}

/** @param {number | null | undefined} value */
const shown = (value) => (value === null || value === undefined ? '–' : numbers.format(Number(value.toPrecision(3))));

/**
 * @param {HTMLElement} figure
 * @param {StageHistory} history
 * @param {number} stepMinutes
 */
function draw(figure, { points }, stepMinutes) {
  const lines = CHARTS[figure.dataset.chart ?? ''] ?? [];
  /** @type {uPlot.AlignedData} */
  const data = [
    points.map(({ at }) => Date.parse(at) / 1000),
    ...lines.map(({ of }) => points.map((point) => of(point, stepMinutes))),
  ];
  const drawn = charts.get(figure);
  if (drawn !== undefined) return drawn.setData(data);
  const place = /** @type {HTMLElement | null} */ (figure.querySelector('.plot'));
  if (place === null) return;
  place.replaceChildren();
  charts.set(figure, new uPlot(options(figure, lines), data, place));
}

/** @type {History | null} */
let latest = null;

function drawAll() {
  if (latest === null) return;
  const { stages, stepMinutes } = latest;
  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('figure[data-chart]'))) {
    const stage = stages.find(({ stage: name }) => name === figure.dataset.stage);
    if (stage !== undefined) draw(figure, stage, stepMinutes);
  }
}

async function showHistory() {
  latest = await ask('/v1/queues/history?hours=24');
  drawAll();
}

/** The colours of a chart are fixed when it is made. */
function redraw() {
  for (const [figure, chart] of charts) {
    chart.destroy();
    charts.delete(figure);
  }
  drawAll();
}

let isLive = true;

/** A page whose figures change can be stopped. */
function addPause() {
  const place = document.querySelector('.refresh');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain';
  button.textContent = 'Pause';
  button.addEventListener('click', () => {
    isLive = !isLive;
    button.textContent = isLive ? 'Pause' : 'Go on';
  });
  place?.replaceChildren('Figures are live. ', button);
}

/**
 * @param {() => Promise<void>} show
 * @param {number} everyMs
 */
function repeat(show, everyMs) {
  const round = async () => {
    if (isLive && document.visibilityState === 'visible') await show().catch(() => {});
    setTimeout(round, everyMs);
  };
  void round();
}

/** Whether all is well decides what the page shows first. */
async function checkHealth() {
  const isHealthy = (await fetch('/healthz')).ok;
  if (isHealthy !== (document.querySelector('.health.good') !== null)) location.reload();
}

addPause();
repeat(showFigures, FIGURES_EVERY_MS);
repeat(showHistory, HISTORY_EVERY_MS);
setTimeout(() => repeat(checkHealth, HEALTH_EVERY_MS), HEALTH_EVERY_MS);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
const monitor = document.querySelector('.monitor');
const sizes = new ResizeObserver(() => {
  for (const [figure, chart] of charts) chart.setSize({ width: figure.clientWidth, height: CHART_HEIGHT });
});
if (monitor !== null) sizes.observe(monitor);
