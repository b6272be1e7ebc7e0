/** What a page says about its article beside the text, each fact with how sure it is and with what said so. */
import type { Published } from './article.ts';

/**
 * How sure a fact is. `confirmed`: two places of the page say it. `declared`: one field for machines says it. `shown`: only the visible
 * text does. `inferred`: it follows from something else, as a day from the address.
 */
export type Certainty = 'confirmed' | 'declared' | 'shown' | 'inferred';

/** Where it was said: JSON-LD, a `meta` or `link` element, microdata, RDFa, marked elements, the visible text, the page's address. */
export type MetadataPlace = 'structured-data' | 'meta' | 'link' | 'microdata' | 'rdfa' | 'markup' | 'text' | 'url';

/** What said so: the place, the field there (`datePublished`, `og:title`, `h1`), and its words, cut to 200 characters. */
export interface Mention {
  place: MetadataPlace;
  field: string;
  text: string;
}

export interface Finding {
  certainty: Certainty;
  from: Mention;
}

export interface Stated<Value> extends Finding {
  value: Value;
}

export interface Author extends Finding {
  name: string;
  isOrganization: boolean;
}

/** A text that was pushed without its page has all of it empty. */
export interface Metadata {
  /** Of the article's `title`, `published`, `language`, `image` and `declaredCanonicalUrl`, which have the values. */
  title: Finding | null;
  published: Finding | null;
  language: Finding | null;
  image: Finding | null;
  canonicalUrl: Finding | null;
  authors: Author[];
  /** When the page says that it was changed last; its certainty is also in `uncertaintyMs`. */
  modified: Stated<Published> | null;
  section: Stated<string> | null;
  siteName: Stated<string> | null;
  /** The same article for AMP, an absolute http(s) URL. */
  ampUrl: Stated<string> | null;
  keywords: Stated<string[]> | null;
}

export const NO_METADATA: Metadata = {
  title: null,
  published: null,
  language: null,
  image: null,
  canonicalUrl: null,
  authors: [],
  modified: null,
  section: null,
  siteName: null,
  ampUrl: null,
  keywords: null,
};

const MENTION_CHARS_MAX = 200;

export function mentionOf(place: MetadataPlace, field: string, text: string): Mention {
  return { place, field, text: text.slice(0, MENTION_CHARS_MAX) };
}
