import type { Article, Paragraph } from '@wirefold/article';
import { count } from './format.ts';

/** Words for each kind of paragraph, in the order in which they are told. */
const KINDS: [kind: Paragraph['kind'], one: string, many: string][] = [
  ['paragraph', 'paragraph', 'paragraphs'],
  ['heading', 'heading', 'headings'],
  ['item', 'list item', 'list items'],
  ['quote', 'quote', 'quotes'],
  ['cell', 'table cell', 'table cells'],
  ['caption', 'caption', 'captions'],
  ['term', 'term', 'terms'],
  ['definition', 'definition', 'definitions'],
  ['preformatted', 'preformatted text', 'preformatted texts'],
];

/** `12 paragraphs, 3 headings; 1 passage of boilerplate`. */
export function structureWords({ paragraphs, boilerplate }: Pick<Article, 'paragraphs' | 'boilerplate'>): string {
  const parts = KINDS.flatMap(([kind, one, many]) => {
    const figure = paragraphs.filter((paragraph) => paragraph.kind === kind).length;
    return figure === 0 ? [] : [count(figure, one, many)];
  });
  const site = boilerplate.length > 0 && `${count(boilerplate.length, 'passage', 'passages')} of boilerplate`;
  return [parts.join(', '), site].filter((part) => part !== false && part !== '').join('; ');
}
