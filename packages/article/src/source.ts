import { getDomain, getHostname, parse } from 'tldts';
import { agencyOfName, agencyOfUrl } from './agency.ts';
import type { Agency, Source } from './article.ts';
import { foldName, foldSpace } from './fold.ts';

/** Key of articles that say nothing of their source: they have it in common and nothing else. */
export const UNKNOWN_SOURCE_KEY = 'unknown';
const UNKNOWN: Source = { key: UNKNOWN_SOURCE_KEY, name: UNKNOWN_SOURCE_KEY };
/** A name that is a host as it stands: `example.co.uk`, `https://www.example.org/`. */
const HOST_AS_NAME = /^(?:https?:\/\/)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+\/?$/u;

/** Private suffixes count: each blog on a blogging host is a source of its own. A host without a domain (an address) stands for itself. */
function domainOf(url: string): string | null {
  return getDomain(url, { allowPrivateDomains: true }) ?? getHostname(url);
}

function domainOfName(name: string): string | null {
  if (!HOST_AS_NAME.test(name)) return null;
  const host = parse(name.toLowerCase(), { allowPrivateDomains: true });
  // `No.1` is a name, for `1` is no public suffix.
  return host.isIcann === true || host.isPrivate === true ? host.domain : null;
}

/**
 * The source of an article. The key is the registrable domain of its URL, else of a name that is a host, else the folded
 * name; the shown name is the given one, else that of the agency whose site it is, else the domain.
 */
export function sourceOf(input: { url: string | null; name: string | null }): Source {
  const given = foldSpace(input.name ?? '');
  const domain = (input.url === null ? null : domainOf(input.url)) ?? domainOfName(given);
  if (domain === null) return given === '' ? { ...UNKNOWN } : { key: foldName(given), name: given };
  const name = given === '' || domainOfName(given) === domain ? (agencyOfUrl(domain)?.name ?? domain) : given;
  return { key: domain, name };
}

/**
 * Whether a source is the agency itself. Where the source is a site, its domain decides, since a site may call a section
 * "Associated Press"; a source without a site goes by its name.
 */
export function isAgencySource(source: Source, agency: Agency): boolean {
  const byDomain = agencyOfUrl(source.key);
  if (byDomain !== null) return byDomain.id === agency.id;
  if (domainOfName(source.key) !== null) return false;
  return agencyOfName(source.name)?.id === agency.id;
}
