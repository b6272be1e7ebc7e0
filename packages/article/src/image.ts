/** The lead image of an article. */
import { type MetadataPlace, mentionOf, type Stated } from './metadata.ts';
import { type Metas, metaNamed } from './metas.ts';
import type { ScannedPage } from './scanned.ts';
import type { StructuredArticle } from './structured-data.ts';
import { resolveUrl } from './url.ts';

const META_IMAGES = [
  'og:image',
  'og:image:url',
  'og:image:secure_url',
  'twitter:image',
  'twitter:image:src',
  'parsely-image-url',
  'sailthru.image.full',
  'thumbnail',
];
/** Pictures of the site itself, or of nothing. */
const NO_LEAD = /logo|sprite|icon|avatar|placeholder|blank|pixel|spacer|default[-_]?(?:image|share|og)|\.svg(?:\?|$)/i;

export type ImageFound = Stated<string>;
type Candidate = [place: MetadataPlace, field: string, href: string | null];

/**
 * An absolute http(s) URL, or null: what the page declares, else the first picture among the blocks of the article.
 * @param span first and last block of the article
 */
export function imageOf(
  page: ScannedPage,
  metas: Metas,
  structured: StructuredArticle | null,
  base: string,
  span: { first: number; last: number } | null,
): ImageFound | null {
  const meta = metaNamed(metas, META_IMAGES);
  const declared: Candidate[] = [
    ['meta', meta?.field ?? '', meta?.text ?? null],
    ['structured-data', 'image', structured?.image ?? null],
    ['link', 'image_src', page.links.find(({ rel }) => rel === 'image_src')?.href ?? null],
  ];
  const shown = page.images
    .filter(({ block, node }) => span !== null && !node.isHidden && block >= span.first - 5 && block <= span.last)
    .map(({ src }): Candidate => ['markup', 'img', src]);
  for (const [place, field, href] of [...declared, ...shown.slice(0, 5)]) {
    const url = href === null || NO_LEAD.test(href) ? null : resolveUrl(href, base);
    if (url === null || href === null) continue;
    return { value: url, certainty: place === 'markup' ? 'shown' : 'declared', from: mentionOf(place, field, href) };
  }
  return null;
}
