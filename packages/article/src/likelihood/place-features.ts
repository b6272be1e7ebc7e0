/** Features of where a block stands: after which heading, and in which article of the page. */
import { outermost } from '../blocks.ts';
import { HEADINGS } from '../markup.ts';
import type { PageNode } from '../scanned.ts';
import { KEYWORD_NAMES } from './keywords.ts';
import type { BlockView, PageView } from './page-view.ts';

const HEADING_KEYWORDS = ['subscribe', 'elsewhere', 'comments', 'author'].map((name) => KEYWORD_NAMES.indexOf(name));
export const HEADING_NAMES = [
  'heading:distance',
  ...HEADING_KEYWORDS.map((at) => `heading:${KEYWORD_NAMES[at]}`),
  'heading:level',
];
const HEADING_FAR = 60;
const HEADING_CHARS_MAX = 120;

export interface Heading {
  index: number;
  values: number[];
}

export function isHeadingLike({ node: { tag }, words, block: { text }, linkShare }: BlockView): boolean {
  if (text.length >= HEADING_CHARS_MAX) return false;
  if (HEADINGS.has(tag) || tag === 'dt') return true;
  return words > 0 && words <= 5 && linkShare < 0.5 && tag !== 'td' && !/[.!?,]$/.test(text);
}

export function headingOf(view: BlockView, keywords: readonly number[]): Heading {
  const level = HEADINGS.has(view.node.tag) ? Number(view.node.tag.slice(1)) : 7;
  return { index: view.block.index, values: [...HEADING_KEYWORDS.map((at) => keywords[at] ?? 0), level] };
}

const NO_HEADING = [...HEADING_KEYWORDS.map(() => 0), 0];

export const ARTICLE_NAMES = ['articles', 'inOwnArticle', 'toHeadline'];

interface HeadlinePlace {
  articles: number;
  own: PageNode | null;
  around: ReadonlySet<PageNode>;
}

/** How many articles the page holds, and whether the block is in the one of the headline. */
export function toHeadline({ node: own }: BlockView, place: HeadlinePlace): number[] {
  const article = outermost(own, 'article');
  let levels = 0;
  let node: PageNode | null = own;
  for (; node !== null && levels < 30 && !place.around.has(node); node = node.parent) levels += 1;
  const isIn = place.own === null ? (article === null ? 0 : 1) : article === place.own ? 2 : article === null ? 0 : -1;
  return [Math.min(30, place.articles), isIn, place.around.size === 0 ? -1 : levels];
}

export function headlinePlace({ views, headline, containers }: PageView): HeadlinePlace {
  const titled = views[headline]?.node ?? null;
  const around = new Set<PageNode>();
  for (let node = titled; node !== null; node = node.parent) around.add(node);
  let articles = 0;
  for (const node of containers.keys()) if (node.tag === 'article') articles += 1;
  return { articles, own: titled === null ? null : outermost(titled, 'article'), around };
}

export function sinceHeading({ block: { index } }: BlockView, heading: Heading | null): number[] {
  if (heading === null) return [HEADING_FAR, ...NO_HEADING];
  return [Math.min(HEADING_FAR, index - heading.index), ...heading.values];
}
