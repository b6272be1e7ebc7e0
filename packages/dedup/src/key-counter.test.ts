import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyCounter, KEY_COUNTER_TEXTS } from './key-counter.ts';
import { sharedKeys } from './signature.ts';

const keyed = fc
  .uniqueArray(fc.oneof(fc.nat(40), fc.integer({ min: 0, max: 2 ** 32 - 1 })), { maxLength: 60 })
  .map((keys) => ({ keys: Uint32Array.from(keys).sort() }));

describe('a counter of keys', () => {
  it('counts what each of up to 64 texts shares with another as comparing the two does', () => {
    fc.assert(
      fc.property(fc.array(keyed, { maxLength: KEY_COUNTER_TEXTS }), keyed, keyed, (others, one, two) => {
        const count = createKeyCounter(others);
        for (const text of [one, two])
          expect(Array.from(count(text))).toEqual(others.map((other) => sharedKeys(text, other)));
      }),
    );
  });
});
