import type { FailureGroup, History, HostFigures, IndexFigures, Quarantined, Spread } from '@wirefold/store';
import { reasonWords } from './article.ts';
import { formatDuration, formatNumber, formatShare, timeElement } from './format.ts';
import { type Fill, type Html, html } from './html.ts';
import type { StageView } from './monitor.ts';

/** From this size on a story has probably swallowed others. */
const STORY_COPIES_ALARM = 200;

/** A table that scrolls by itself where the screen is narrow. */
function table(id: string, caption: string, heads: string[], rows: Html[]): Html {
  return html`<div class="wide" role="region" aria-labelledby="${id}" tabindex="0"><table class="${id}"><caption id="${id}">${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

export function stagesTable(stages: StageView[]): Html {
  const heads = ['Stage', 'In', 'Out', 'In /s', 'Out /s', 'Backlog', 'Retrying', 'Oldest', 'Time to drain'];
  return table('stages', 'Stages', [...heads, 'Jobs waiting', 'Jobs active'], stages.map(stageRow));
}

function stageRow(stage: StageView): Html {
  const { queue, stage: name } = stage;
  const live = (field: string, value: Fill) => html`<td data-live="${`${name}.${field}`}">${value}</td>`;
  return html`<tr><th scope="row">${name}</th>${live('in', formatNumber(stage.in))}${live('out', formatNumber(stage.out))}
${live('in-rate', perSecond(stage.inLastMinute))}${live('out-rate', perSecond(stage.outLastMinute))}
${live('backlog', formatNumber(stage.backlog))}${live('retrying', formatNumber(stage.retrying))}
${live('oldest', stage.oldestAgeMs === null ? '–' : formatDuration(stage.oldestAgeMs))}${live('drain', drainTime(stage))}
${live('waiting', queue === null ? '?' : formatNumber(queue.waiting))}${live('active', queue === null ? '?' : formatNumber(queue.active))}</tr>
`;
}

function perSecond(aMinute: number): string {
  const rate = aMinute / 60;
  return rate === 0 || rate >= 10 ? formatNumber(Math.round(rate)) : rate.toFixed(rate >= 1 ? 1 : 2);
}

/** At the pace of the last minute. */
function drainTime({ backlog, outLastMinute }: StageView): string {
  if (backlog === 0) return '–';
  return outLastMinute === 0 ? 'stands still' : formatDuration((backlog / outLastMinute) * 60_000);
}

export function timesTable({ stages, submittedToStoryMs }: History): Html {
  const row = (name: string, what: string, spread: Spread | null) =>
    html`<tr><th scope="row">${name}</th><td>${what}</td>${(['p50', 'p95', 'p99'] as const).map((share) => html`<td>${spread === null ? '–' : milliseconds(spread[share])}</td>`)}<td>${formatNumber(spread?.count ?? 0)}</td></tr>`;
  return table(
    'times',
    'Waits and runs in the last hour',
    ['Stage', 'What', 'p50', 'p95', 'p99', 'Articles'],
    [
      ...stages.flatMap(({ stage, waitMs, runMs }) => [row(stage, 'wait', waitMs), row(stage, 'run', runMs)]),
      row('both', 'submitted to story', submittedToStoryMs),
    ],
  );
}

function milliseconds(ms: number): string {
  if (ms < 1_000) return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : formatDuration(ms);
}

const STORY_EVENTS: Record<string, string> = {
  created: 'a new story',
  'mirror-joined': 'a mirror joined a story',
  'mirror-left': 'a mirror left a story',
  'canonical-changed': 'another copy leads',
  merged: 'two stories became one',
  split: 'a story was split',
  removed: 'an article was removed',
};
const OUTCOMES: Record<string, string> = {
  done: 'done',
  rejected: 'rejected',
  retry: 'tried again later',
  superseded: 'replaced by new content',
};

export function outcomesTable({ outcomes, hours }: History): Html {
  const words = ({ outcome, reason }: History['outcomes'][number]): Fill => {
    if (outcome === 'event') return STORY_EVENTS[reason] ?? reason;
    return [
      OUTCOMES[outcome] ?? outcome,
      reason === '' ? null : html`: ${reasonWords(reason)} <span class="rule">${reason}</span>`,
    ];
  };
  if (outcomes.length === 0) return html`<p>No article has left a stage in the last ${hours} hours.</p>`;
  const rows = outcomes.map(
    (each) => html`<tr><td>${each.stage}</td><td>${words(each)}</td><td>${formatNumber(each.count)}</td></tr>`,
  );
  return table('outcomes', `Outcomes of the last ${hours} hours`, ['Stage', 'What', 'Articles'], rows);
}

export function failuresTable(failures: FailureGroup[]): Html {
  if (failures.length === 0) return html`<p>No article has failed.</p>`;
  const rows = failures.map(
    ({ stage, reason, host, count, exampleId }) => html`<tr><td>${stage}</td>
<td>${reasonWords(reason)} <span class="rule">${reason}</span></td><td dir="auto">${host ?? 'pushed'}</td><td>${formatNumber(count)}</td>
<td><a href="/articles/${exampleId}">example<span class="hidden"> of ${reason}, ${host ?? 'pushed'}</span></a></td>
<td><form action="/failures/retry" method="post"><input type="hidden" name="reason" value="${reason}">${host !== null && html`<input type="hidden" name="host" value="${host}">`}<button class="plain" type="submit">${host === null ? 'Try all again' : 'Try again'}<span class="hidden">: ${reason}${host !== null && `, ${host}`}</span></button></form></td></tr>`,
  );
  return table(
    'failures',
    'Failures by reason and host',
    ['Stage', 'Reason', 'Host', 'Articles', 'Example', 'Replay'],
    rows,
  );
}

export function quarantineList(quarantine: Quarantined[]): Html | null {
  if (quarantine.length === 0) return null;
  const item = ({ id, url, stage, detail, endedAt }: Quarantined) => html`<li>
<p><a href="/articles/${id}" dir="auto">${url ?? id}</a> in ${stage}${endedAt !== null && html`, ${timeElement(endedAt, true)}`}</p>
${detail !== null && html`<details><summary>Cause<span class="hidden"> of ${url ?? id}</span></summary><pre tabindex="0">${detail}</pre></details>`}
<form action="/articles/${id}/retry" method="post"><button class="plain" type="submit">Try again<span class="hidden">: ${url ?? id}</span></button></form></li>`;
  return html`<section aria-labelledby="quarantine"><h2 id="quarantine">Quarantine</h2>
<p>Wirefold itself failed on these articles, each time that it tried. Try them again after an upgrade.</p>
<ul class="quarantine">${quarantine.map(item)}</ul></section>`;
}

export function hostsTable(hosts: HostFigures[]): Html {
  if (hosts.length === 0) return html`<p>No article waits to be fetched, and no host is in trouble.</p>`;
  const rows = hosts.map(
    (
      host,
    ) => html`<tr><th scope="row" dir="auto">${host.host}</th><td>${formatNumber(host.waiting)}</td><td>${timeElement(host.nextAt, true)}</td>
<td>${milliseconds(host.delayMs)}</td><td>${formatNumber(host.failuresInARow)}</td><td>${host.lastReason === null ? '–' : html`<span class="rule">${host.lastReason}</span>`}</td>
<td>${formatNumber(host.fetches)}</td><td>${host.failedShare === null ? '–' : formatShare(host.failedShare)}</td>
<td>${formatNumber(Math.round(host.fetchesAnHour))}</td>${dayShares(host)}</tr>`,
  );
  const heads = ['Host', 'Waiting', 'Next turn', 'Pause', 'Failures in a row', 'Last reason', 'Fetches', 'Failed'];
  return table('hosts', 'Hosts', [...heads, 'An hour', '304', '403, 429', 'Robots'], rows);
}

/** Of the fetches of the last day: unchanged, refused, forbidden by robots.txt. */
function dayShares({ lastDay: { fetches, unchanged, refused, tooMany, robots } }: HostFigures): Html[] {
  const share = (count: number) => (fetches === 0 ? '–' : formatShare(count / fetches));
  return [unchanged, refused + tooMany, robots].map((count) => html`<td>${share(count)}</td>`);
}

/** Few candidates a text, most of them links, and no story that swallows others. */
export function indexSection(
  { candidates, linked, hours }: History,
  { largestBucket, largestStory }: IndexFigures,
): Html {
  const isTooLarge = largestStory !== null && largestStory.copies > STORY_COPIES_ALARM;
  const all = (spread: Spread | null) => (spread === null ? 0 : spread.mean * spread.count);
  const share = all(candidates) === 0 ? '–' : formatShare(Math.min(1, all(linked) / all(candidates)));
  return html`<section aria-labelledby="index"><h2 id="index">Index</h2>
${isTooLarge && html`<p class="health bad"><strong>A story has ${formatNumber(largestStory.copies)} articles.</strong> More than ${formatNumber(STORY_COPIES_ALARM)} are seldom copies of one text: look at what joined them.</p>`}
<dl><dt>Candidates of a text, last ${hours} hours</dt><dd>${candidates === null ? '–' : `${candidates.mean.toFixed(1)} on average, p95 ${Math.round(candidates.p95)}`}</dd>
<dt>Verified as links</dt><dd>${share}</dd>
<dt>Largest bucket</dt><dd>${largestBucket === null ? 'not known yet' : `about ${formatNumber(largestBucket)} texts share a key`}</dd>
<dt>Largest story</dt><dd>${largestStory === null ? 'fewer than 8 articles' : html`<a href="/stories/${largestStory.id}">${formatNumber(largestStory.copies)} articles</a>`}</dd></dl></section>`;
}
