import type { Published } from '@wirefold/article';
import type { StorySummary } from '@wirefold/store';
import { type Html, html, linkable } from './html.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** From this much uncertainty on, an hour of the day would say more than is known. */
const DATE_ONLY_FROM_MS = 12 * HOUR_MS;
/** An agency's id up to this length is the short name that readers know: AP, UPI, AFP. */
const ACRONYM_LENGTH_MAX = 4;
const AGENCIES_NAMED_MAX = 2;
/** Languages that are written from right to left, by their ISO 639 codes. */
const RIGHT_TO_LEFT = new Set('ar arc ckb dv fa he iw ks ps sd syr ug ur yi'.split(' '));
const LANGUAGE_NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const CLOCK_SECONDS = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' });
const NUMBER = new Intl.NumberFormat('en-GB');

/** `12,345`. */
export function formatNumber(value: number): string {
  return NUMBER.format(value);
}

/** `1 copy`, `7 copies`. */
export function count(value: number, one: string, many: string): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

/** A figure between 0 and 1 with three decimals, cut and not rounded: 0.9996 is not said to be 1. */
export function formatRatio(value: number): string {
  return (Math.floor(value * 1000) / 1000).toFixed(3);
}

/** A share in percent with one decimal, cut and not rounded, so that only the whole is called 100 %. */
export function formatShare(value: number): string {
  return value === 1 ? '100 %' : `${(Math.floor(value * 1000) / 10).toFixed(1)} %`;
}

/** A length of time in its one or two largest units: `45 s`, `12 min`, `3 h 20 min`, `2 days`. */
export function formatDuration(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.floor(Math.max(ms, 0) / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < DAY_MS) {
    const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
    return `${Math.floor(ms / HOUR_MS)} h${minutes === 0 ? '' : ` ${minutes} min`}`;
  }
  return count(Math.floor(ms / DAY_MS), 'day', 'days');
}

/** An instant of our own clock. `withSeconds` for logs, where the order within a minute matters. */
export function timeElement(iso: string, withSeconds = false): Html {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return html`<span>${iso}</span>`;
  const clock = (withSeconds ? CLOCK_SECONDS : CLOCK).format(at);
  return html`<time datetime="${at.toISOString()}">${DATE.format(at)}, ${clock}</time>`;
}

/** The time that an article says of itself; an uncertain one is marked with `~` and says how far off it may be. */
export function publishedElement(published: Published | null): Html {
  if (published === null) return html`<span class="quiet">time unknown</span>`;
  const at = new Date(published.at);
  if (Number.isNaN(at.getTime())) return html`<span class="quiet">time unknown</span>`;
  const date = DATE.format(at);
  if (published.uncertaintyMs <= 0) {
    return html`<time datetime="${at.toISOString()}">${date}, ${CLOCK.format(at)}</time>`;
  }
  const shown = published.uncertaintyMs >= DATE_ONLY_FROM_MS ? date : `${date}, ${CLOCK.format(at)}`;
  const doubt = `It says “${published.evidence}”: up to ${formatDuration(published.uncertaintyMs)} off`;
  return html`<time class="uncertain" datetime="${at.toISOString()}" title="${doubt}"><span aria-hidden="true">~</span><span class="hidden">about </span>${shown}</time>`;
}

/** The short names of the agencies that wrote the text, for the label `AP text`; null where no agency did. */
export function agencyLabel(origins: StorySummary['origins']): string | null {
  const agencies = origins.filter((origin) => origin.isAgency);
  if (agencies.length === 0) return null;
  if (agencies.length > AGENCIES_NAMED_MAX) return count(agencies.length, 'agency', 'agencies');
  return agencies.map(({ key, name }) => (key.length <= ACRONYM_LENGTH_MAX ? key.toUpperCase() : name)).join(' and ');
}

/** A language as the attribute `lang` takes it; empty, which means unknown, for what is no ISO 639 code. */
export function languageTag(language: string | null): string {
  return language !== null && /^[a-z]{2,3}$/.test(language) ? language : '';
}

/** The direction of a language; `auto`, by the first letters, where the language is unknown. */
export function directionOf(language: string | null): 'ltr' | 'rtl' | 'auto' {
  const tag = languageTag(language);
  if (tag === '') return 'auto';
  return RIGHT_TO_LEFT.has(tag) ? 'rtl' : 'ltr';
}

/** `German`; the code itself where it has no name. */
export function languageName(code: string): string {
  return languageTag(code) === '' ? code : (LANGUAGE_NAMES.of(code) ?? code);
}

/** A link to another site, or the plain label where the URL is not one that may be followed. */
export function outsideLink(url: string | null, label: string): Html {
  const target = linkable(url);
  return target === null ? html`${label}` : html`<a href="${target}" rel="noopener nofollow">${label}</a>`;
}
