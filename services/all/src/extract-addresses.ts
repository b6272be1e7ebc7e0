import { type Article, canonicalUrl, SPELLING_WORDS, type SpellingClaim, spellingClaims } from '@wirefold/article';

/** The URL that was given, the same after the rules for URLs, and what the page claims as other spellings of it. */
interface Addresses {
  given: string;
  canonical: string;
  spellings: Pick<SpellingClaim, 'url' | 'sign' | 'isKin'>[];
}

/** Null for a page without a URL. What is claimed is no spelling yet: that takes a look at the text that stands there. */
export function addressesOf({ url, declaredCanonicalUrl, metadata }: Article): Addresses | null {
  const canonical = url === null ? null : canonicalUrl(url);
  if (url === null || !canonical?.ok) return null;
  const ampUrl = metadata.ampUrl?.value ?? null;
  const claims = spellingClaims({ canonicalUrl: canonical.url, readUrl: url, declaredCanonicalUrl, ampUrl });
  return {
    given: url,
    canonical: canonical.url,
    spellings: claims.map(({ url: claimed, sign, isKin }) => ({ url: claimed, sign, isKin })),
  };
}

/** The same as lines to read; none where the page has the one URL that was given. */
export function addressLines(article: Article): string[] {
  const addresses = addressesOf(article);
  if (addresses === null) return [];
  const { given, canonical, spellings } = addresses;
  return [
    ...(canonical === given ? [] : [`Address by the rules: ${canonical}`]),
    ...spellings.map(({ url, sign }) => `Also at ${url}: ${SPELLING_WORDS[sign]}`),
  ];
}
