import type { History, HistoryPoint } from '@wirefold/store';
import { formatNumber } from './format.ts';
import { type Html, html } from './html.ts';

/** The drawing of a line without scripts, in its own units. */
const WIDTH = 288;
const HEIGHT = 60;

type ChartName = 'flow' | 'backlog' | 'time';

interface Chart {
  name: ChartName;
  title: string;
  /** Names of its lines, as the script draws them; the first is drawn without scripts. */
  lines: string[];
  of(point: HistoryPoint, stepMinutes: number): number | null;
}

const CHARTS: Chart[] = [
  { name: 'flow', title: 'In and out a minute', lines: ['in', 'out'], of: (point, step) => point.in / step },
  { name: 'backlog', title: 'Backlog', lines: ['waiting'], of: ({ backlog }) => backlog },
  {
    name: 'time',
    title: 'Wait and run, p95 in seconds',
    lines: ['wait', 'run'],
    of: ({ waitMs }) => (waitMs === null ? null : waitMs.p95 / 1000),
  },
];

/** Charts of each stage: lines of the server's own without scripts, ones that can be read point by point with them. */
export function chartsSection({ stages, stepMinutes, hours }: History): Html {
  return html`<section aria-labelledby="charts"><h2 id="charts">The last ${hours} hours</h2>
${stages.map(
  ({ stage, points }) => html`<h3>${stage}</h3>
<div class="charts">${CHARTS.map((chart) => figure(chart, stage, points, stepMinutes))}</div>`,
)}</section>`;
}

function figure({ name, title, lines, of }: Chart, stage: string, points: HistoryPoint[], stepMinutes: number): Html {
  const values = points.map((point) => of(point, stepMinutes));
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  const label = `${stage}, ${title}: ${lines[0]} at most ${formatNumber(Number(highest.toPrecision(3)))}`;
  return html`<figure class="chart" data-chart="${name}" data-stage="${stage}">
<figcaption>${title} <span class="line-names">${lines.map((line, index) => html`<span class="key-${index + 1}">${line}</span> `)}</span></figcaption>
<div class="plot" role="img" aria-label="${label}"><svg viewbox="0 0 ${WIDTH} ${HEIGHT}" preserveaspectratio="none" aria-hidden="true">${polylines(values, highest)}</svg></div>
<p class="peak"><span class="readout">Highest ${lines[0]}: ${formatNumber(Number(highest.toPrecision(3)))}</span></p>
</figure>`;
}

/** One line for each run of steps that have a value. */
function polylines(values: (number | null)[], highest: number): Html[] {
  const x = (index: number) => ((index / Math.max(values.length - 1, 1)) * WIDTH).toFixed(1);
  const y = (value: number) => (HEIGHT - 1 - (highest === 0 ? 0 : value / highest) * (HEIGHT - 2)).toFixed(1);
  const runs: string[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push(`${x(index)},${y(value)}`);
  });
  return runs
    .filter((run) => run.length > 0)
    .map((run) => html`<polyline points="${run.length === 1 ? `${run[0]} ${run[0]}` : run.join(' ')}"></polyline>`);
}
