import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paragraph, ParagraphForm } from './article.ts';
import { columnsOf, type ListSection, type Section, sectionsOf } from './sections.ts';

const at = (form: ParagraphForm, start = 0): Paragraph => ({ ...form, start, end: start + 1 });
const item = (depth: number, number: number, isContinued = false): Paragraph =>
  at({ kind: 'item', depth, isOrdered: true, number, isContinued });
const cell = (table: number, row: number, column: number): Paragraph =>
  at({ kind: 'cell', table, row, column, isHeader: false });

const kinds = (sections: Section[]) => sections.map((section) => ('of' in section ? section.of : section.kind));

describe('sections', () => {
  test('a quote of several paragraphs is one, and definitions stand with their terms', () => {
    const paragraphs = (['quote', 'quote', 'paragraph', 'term', 'definition', 'preformatted'] as const).map((kind) =>
      at({ kind }),
    );
    expect(kinds(sectionsOf(paragraphs))).toEqual(['quote', 'paragraph', 'definitions', 'preformatted']);
  });

  test('a list that counts anew is another list', () => {
    expect(sectionsOf([item(1, 1), item(1, 2), item(1, 1)])).toHaveLength(2);
    expect(sectionsOf([item(1, 1), item(1, 1, true), item(1, 2)])).toHaveLength(1);
  });

  test('deeper items stand in the item before them', () => {
    const [list] = sectionsOf([item(2, 1), item(3, 1), item(5, 1), item(3, 2), item(2, 2)]) as [ListSection];
    expect(list.items.map(({ number, parts }) => [number, parts.length])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    const inner = list.items[0]?.parts[1] as ListSection;
    expect(inner.items.map(({ number, parts }) => [number, parts.length])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  test('tables that follow one another stay apart, with their rows', () => {
    const sections = sectionsOf([cell(1, 1, 1), cell(1, 1, 4), cell(1, 2, 1), cell(2, 1, 1)]);
    expect(sections).toMatchObject([{ rows: [[{}, { column: 4 }], [{}]] }, { rows: [[{}]] }]);
    expect(sections.map((section) => section.kind === 'table' && columnsOf(section.rows))).toEqual([4, 1]);
  });

  test('no paragraph is lost, and none moves', () => {
    const form = fc.oneof(
      fc.constantFrom<ParagraphForm['kind']>('paragraph', 'quote', 'caption', 'term', 'definition', 'preformatted'),
      fc.constantFrom('item', 'cell'),
    );
    const paragraph = fc.record({
      kind: form,
      level: fc.integer({ min: 1, max: 6 }),
      depth: fc.integer({ min: 1, max: 6 }),
      number: fc.nat(3),
      isOrdered: fc.boolean(),
      isContinued: fc.boolean(),
      table: fc.integer({ min: 1, max: 2 }),
      row: fc.integer({ min: 1, max: 2 }),
      column: fc.integer({ min: 1, max: 3 }),
      isHeader: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(paragraph, { maxLength: 20 }), (forms) => {
        const paragraphs = forms.map((each, start) => ({ ...each, start, end: start + 1 }) as Paragraph);
        expect(sectionsOf(paragraphs).flatMap(startsOf)).toEqual(paragraphs.map(({ start }) => start));
      }),
    );
  });
});

function startsOf(part: Section | Paragraph): number[] {
  if ('start' in part) return [part.start];
  if (part.kind === 'run') return part.paragraphs.map(({ start }) => start);
  if (part.kind === 'table') return part.rows.flat().map(({ start }) => start);
  return part.items.flatMap(({ parts }) => parts.flatMap(startsOf));
}
