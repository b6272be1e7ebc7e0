import rows from './agencies.json' with { type: 'json' };
import type { Agency } from './article.ts';

/**
 * What an agency sells. `wire` reports for others; `group` is the text service of a publisher that also prints it; `reuse` lets anybody
 * print its articles; `broadcaster` does so with its site's; `press-release` sends what others wrote about themselves; `photo` sells
 * pictures, and is never the origin of a text.
 */
type AgencyKind = 'wire' | 'group' | 'reuse' | 'broadcaster' | 'press-release' | 'photo';

/** One agency: how its copy names it, and where its own site is. */
export interface AgencyEntry extends Agency {
  kind: AgencyKind;
  /** ISO 639-1 codes of its services, the main one first. */
  languages: readonly string[];
  /** Registrable domains of its own sites. */
  domains: readonly string[];
  /** Short signs, as datelines write them: `(UPI)`. Letter case counts, since many are words or initials otherwise. */
  codes: readonly string[];
  /** Signs that mean other things too (`AA`, `MAP`, `Petra`): they count only where a dateline or a field leaves no doubt. */
  weakCodes: readonly string[];
  /** Full names besides `name`, in any language, as bylines and credit lines write them. Letter case does not count. */
  aliases: readonly string[];
  /** Places, in capitals, after which its sign means the region that they lie in: `TIRUPATI (AP)`. */
  notAfter: readonly string[];
  /** The places that its sign counts after, where it means another region after all others: `LONDON (PA)`. */
  onlyAfter: readonly string[] | null;
  /** Public page that says what stands here. */
  source: string;
}

/** A row of the data file: what is not there is empty. */
type AgencyRow = Pick<AgencyEntry, 'id' | 'name' | 'kind' | 'languages' | 'source'> & Partial<AgencyEntry>;

const EMPTY = { domains: [], codes: [], weakCodes: [], aliases: [], notAfter: [], onlyAfter: null };

/** The agencies of `agencies.json`, whose rows a test checks. Order says which of two comes first where both share a sign. */
export const AGENCIES: readonly AgencyEntry[] = (rows as AgencyRow[]).map((row) => ({ ...EMPTY, ...row }));
