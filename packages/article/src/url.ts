/** The one place that says whether two URLs are the same article's address. */

/** Longest URL accepted and stored: every browser, proxy and sitemap reader takes this many, few news URLs pass 300. */
export const URL_CHARS_MAX = 2048;

export type CanonicalUrl = { ok: true; url: string } | { ok: false; problem: string };

/**
 * Query parameters that say how a reader arrived and never which article is shown. A name is listed only where its owner
 * documents it as tracking; doubtful ones (`ref`, `source`, `id`, `partner`, `output`) stay, since two spellings of one
 * article cost a mirror too many while two articles under one URL lose one of them.
 */
const TRACKING_PREFIXES: Record<string, string> = {
  utm_: 'campaign tags of Google Analytics and Matomo',
  mtm_: 'campaign tags of Matomo',
  at_campaign: 'campaign tags of Piano, formerly AT Internet',
  at_custom: 'campaign tags of Piano, formerly AT Internet',
  at_medium: 'campaign tags of Piano, formerly AT Internet',
  fb_action_: 'share tags of Facebook',
  guce_referrer: 'consent redirects of Yahoo',
  hsa_: 'ad tags of HubSpot',
};

const TRACKING_NAMES: Record<string, string> = {
  _ga: 'Google cross-domain visitor',
  _gl: 'Google cross-domain visitor',
  _hsenc: 'HubSpot mail',
  _hsmi: 'HubSpot mail',
  __s: 'Drip mail',
  __twitter_impression: 'Twitter share',
  cmpid: 'newsroom campaign',
  dclid: 'Google ad click',
  epik: 'Pinterest click',
  fb_comment_id: 'Facebook share',
  fb_ref: 'Facebook share',
  fb_source: 'Facebook share',
  fbclid: 'Facebook click',
  gbraid: 'Google ad click',
  gclid: 'Google ad click',
  gclsrc: 'Google ad click',
  guccounter: 'consent redirects of Yahoo',
  igshid: 'Instagram share',
  jsessionid: 'server session',
  li_fat_id: 'LinkedIn click',
  mc_cid: 'Mailchimp campaign',
  mc_eid: 'Mailchimp reader',
  mibextid: 'Facebook app share',
  mkt_tok: 'Marketo mail',
  msclkid: 'Microsoft ad click',
  ns_campaign: 'Comscore campaign',
  ns_mchannel: 'Comscore campaign',
  ns_source: 'Comscore campaign',
  oly_anon_id: 'Omeda mail',
  oly_enc_id: 'Omeda mail',
  phpsessid: 'server session',
  pk_campaign: 'Piwik campaign',
  pk_kwd: 'Piwik campaign',
  pk_medium: 'Piwik campaign',
  pk_source: 'Piwik campaign',
  s_cid: 'Adobe campaign',
  s_kwcid: 'Adobe ad click',
  ttclid: 'TikTok click',
  twclid: 'Twitter click',
  vero_id: 'Vero mail',
  wbraid: 'Google ad click',
  xtor: 'campaign tag of AT Internet',
  yclid: 'Yandex click',
};

const UNRESERVED = /[A-Za-z0-9._~-]/;
const PERCENT = /%([0-9A-Fa-f]{2})?/g;

/** RFC 3986 6.2.2: upper-case digits, unreserved characters decoded; a stray `%` becomes `%25`, or a second pass would decode more. */
function normalizePercent(part: string): string {
  return part.replace(PERCENT, (_, digits: string | undefined) => {
    if (digits === undefined) return '%25';
    const char = String.fromCharCode(Number.parseInt(digits, 16));
    return UNRESERVED.test(char) ? char : `%${digits.toUpperCase()}`;
  });
}

function isTracking(parameter: string): boolean {
  const name = (parameter.split('=', 1)[0] ?? '').toLowerCase();
  if (Object.hasOwn(TRACKING_NAMES, name)) return true;
  return Object.keys(TRACKING_PREFIXES).some((prefix) => name.startsWith(prefix));
}

/** Works on the raw query, not on URLSearchParams, which rewrites `+`, `%20` and valueless parameters. Order is kept: some sites read it. */
function withoutTracking(search: string): string {
  const kept = normalizePercent(search.slice(1))
    .split('&')
    .filter((parameter) => !isTracking(parameter))
    .join('&');
  return kept === '' ? '' : `?${kept}`;
}

function parseHttp(input: string, base?: string): URL | null {
  try {
    const url = new URL(input, base);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
    if (!url.hostname.endsWith('.')) return url;
    // The root's dot names the same host. Parsed again, because what is left may be a number, which is an IP address.
    url.hostname = url.hostname.replace(/\.+$/, '');
    return url.hostname === '' || url.hostname.endsWith('.') ? null : new URL(url.href);
  } catch {
    return null;
  }
}

/**
 * The URL after our rules; its hash is the article id. Never throws, and canonicalising twice changes nothing.
 * Scheme and `www.` stay as they are: the same URL is fetched, and some hosts answer to only one spelling or show another
 * site on it; a page that has both names them one by `rel=canonical`. Of fragments only `#!` stays, which names a page.
 */
export function canonicalUrl(input: string): CanonicalUrl {
  const text = input.trim();
  if (text === '') return { ok: false, problem: 'The URL is empty.' };
  if (text.length > URL_CHARS_MAX) return { ok: false, problem: `The URL is longer than ${URL_CHARS_MAX} characters.` };
  const parsed = parseHttp(text);
  if (parsed === null) return { ok: false, problem: 'Not an absolute http or https URL with a host.' };
  if (parsed.username !== '' || parsed.password !== '')
    return { ok: false, problem: 'A URL with user-info is refused.' };
  const fragment = parsed.hash.startsWith('#!') ? normalizePercent(parsed.hash) : '';
  const url = parsed.origin + normalizePercent(parsed.pathname) + withoutTracking(parsed.search) + fragment;
  if (url.length > URL_CHARS_MAX) return { ok: false, problem: `The URL is longer than ${URL_CHARS_MAX} characters.` };
  return { ok: true, url };
}

/** The absolute http(s) URL that a link of a page points at, or null. Tracking and fragment stay: it is a link, not an identity. */
export function resolveUrl(href: string, base: string): string | null {
  const text = href.trim();
  if (text === '') return null;
  const url = parseHttp(text, base);
  if (url === null || url.username !== '' || url.password !== '' || url.href.length > URL_CHARS_MAX) return null;
  return url.href;
}
