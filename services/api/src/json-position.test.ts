import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describePosition, jsonErrorIndex } from './json-position.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('finds an error exactly where JSON.parse finds one', () => {
  const json = fc.json({ maxDepth: 4 });
  const broken = fc
    .tuple(
      json,
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '\n', '-', '.', 'e', 'nul', '\u0000', ' '),
    )
    .map(([text, at, insert]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + insert + text.slice(index + 1);
    });
  fc.assert(
    fc.property(fc.oneof(json, broken, fc.string()), (text) => {
      expect(jsonErrorIndex(text) === null).toBe(isJson(text));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['{"url": a}', 8],
  ['{"url": "x",}', 12],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['"tab\there"', 4],
  ['"\\x"', 2],
  ['{"a": 01}', 7],
  ['{} {}', 3],
  ['{"a": [', 7],
  ['"never closed', 13],
  ['}', 0],
  ['nothing', 0],
])('%s breaks at %i', (text, index) => {
  expect(jsonErrorIndex(text)).toBe(index);
});

test('depth does no harm', () => {
  expect(jsonErrorIndex('['.repeat(1_000_000))).toBe(1_000_000);
});

test('a position is told by line and column, both from 1', () => {
  expect(describePosition('{\n  "a": x}', 9)).toBe('line 2, column 8');
  expect(describePosition('x', 0)).toBe('line 1, column 1');
});
