import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortKeys } from './sort-keys.ts';

const anyKeys = fc.array(fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(3)), { maxLength: 60 });

test('keys are sorted, and places stay in order within a key, whatever the digits', () => {
  fc.assert(
    fc.property(anyKeys, fc.constantFrom(8, 11, 16), (keys, digitBits) => {
      const places = keys.map((_, place) => place);
      const sorted = sortKeys({ keys: Uint32Array.from(keys), places: Uint32Array.from(places) }, digitBits);
      const expected = places.toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
      expect([...sorted.places]).toEqual(expected);
      expect([...sorted.keys]).toEqual(expected.map((place) => keys[place]));
    }),
  );
});
