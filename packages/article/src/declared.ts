/** What a page's metadata says that its blocks are compared with. */

import type { Declared } from './likelihood/page-view.ts';
import { blocksOfMarkup } from './markup-text.ts';
import { firstMeta, type Metas, readMetas } from './metas.ts';
import type { FormedBlock } from './paragraph.ts';
import type { ScannedPage } from './scanned.ts';
import { readStructuredData, type StructuredArticle } from './structured-data.ts';
import { declaredTitles } from './title.ts';

const DESCRIPTIONS = ['description', 'og:description', 'twitter:description'];

export interface DeclaredPage extends Declared {
  /** What the metadata calls the article, best first. */
  titles: readonly string[];
  /** The paragraphs of the structured body, null where a page has none. */
  structuredBlocks: readonly FormedBlock[] | null;
}

export function declaredOf(
  page: ScannedPage,
  metas: Metas = readMetas(page),
  structured: StructuredArticle | null = readStructuredData(page.structuredData),
): DeclaredPage {
  const titles = declaredTitles(page, metas, structured);
  const descriptions = [...DESCRIPTIONS.map((key) => firstMeta(metas, [key])), structured?.description ?? null];
  const structuredBlocks = structured?.body == null ? null : blocksOfMarkup(structured.body);
  return {
    titles,
    title: titles[0] ?? '',
    description: descriptions.reduce<string>((a, b) => ((b?.length ?? 0) > a.length ? (b ?? '') : a), ''),
    structuredBlocks,
    structuredBody: structuredBlocks?.map(({ text }) => text).join('\n') ?? null,
  };
}
