import type { Published } from '@wirefold/article';
import type { Copy } from '@wirefold/store';
import { formatDuration, publishedElement } from './format.ts';
import { type Html, html } from './html.ts';

/** Room on either side of the track for the mark of the first and the last copy, in percent of its width. */
const MARGIN = 3;

interface Moment {
  copy: Copy;
  published: Published;
  atMs: number;
}

/**
 * How a story spread: its copies by time, each with its place on one common track, dashed as far as the time is uncertain. The list
 * says all of it in words; the tracks are for the eye only.
 */
export function timeline(copies: readonly Copy[]): Html | false {
  const moments = copies.flatMap(momentOf).sort((a, b) => a.atMs - b.atMs);
  const [first] = moments;
  if (first === undefined || moments.length < 2) return false;
  const fromMs = Math.min(...moments.map(({ atMs, published }) => atMs - published.uncertaintyMs));
  const toMs = Math.max(...moments.map(({ atMs, published }) => atMs + published.uncertaintyMs));
  const placeOf = (ms: number) =>
    `${(MARGIN + ((100 - 2 * MARGIN) * (ms - fromMs)) / Math.max(1, toMs - fromMs)).toFixed(2)}%`;
  const unknown = copies.length - moments.length;
  return html`<section class="timeline" aria-labelledby="timeline">
<h2 id="timeline" class="section-heading">How it spread</h2>
<ol>${moments.map((moment) => html`<li>${momentWords(moment, first)}${track(moment, placeOf)}</li>\n`)}</ol>
${unknown > 0 && html`<p class="quiet">${unknown === 1 ? 'One more copy does' : `${unknown} more copies do`} not say when.</p>`}
</section>`;
}

function momentOf(copy: Copy): Moment[] {
  const { published } = copy;
  const atMs = Date.parse(published?.at ?? '');
  return published === null || Number.isNaN(atMs) ? [] : [{ copy, published, atMs }];
}

function momentWords({ copy, published, atMs }: Moment, first: Moment): Html {
  const later = atMs - first.atMs;
  const gap = later > 0 && html`<span class="gap">${formatDuration(later)} later</span>`;
  return html`<a class="outlet" href="#copy-${copy.articleId}" dir="auto">${copy.source.name}</a> ${publishedElement(published)} ${gap}`;
}

function track({ published, atMs }: Moment, placeOf: (ms: number) => string): Html {
  const { uncertaintyMs } = published;
  const doubt =
    uncertaintyMs > 0 &&
    html`<line class="doubt" x1="${placeOf(atMs - uncertaintyMs)}" x2="${placeOf(atMs + uncertaintyMs)}" y1="6" y2="6"></line>`;
  const mark = html`<circle class="${uncertaintyMs > 0 ? 'vague' : 'sure'}" cx="${placeOf(atMs)}" cy="6" r="4"></circle>`;
  return html`<svg class="track" width="100%" height="12" aria-hidden="true" focusable="false"><line x1="0" x2="100%" y1="6" y2="6"></line>${doubt}${mark}</svg>`;
}
