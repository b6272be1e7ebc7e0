import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSharing } from './shared-reads.ts';

/** A read that gives the number of reads begun so far, once it is told to end. */
function numbered() {
  let begun = 0;
  const endings: (() => void)[] = [];
  const read = () => {
    begun += 1;
    const number = begun;
    return new Promise<number>((resolve) => endings.push(() => resolve(number)));
  };
  return { read, begun: () => begun, endOne: () => endings.shift()?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('who asks while a read is under way is given the next one, and shares it', async () => {
  const share = createSharing();
  const { read, begun, endOne } = numbered();
  const first = share('key', read);
  const others = [share('key', read), share('key', read)];
  expect(begun()).toBe(1);
  endOne();
  expect(await first).toBe(1);
  await turn();
  endOne();
  expect(await Promise.all(others)).toEqual([2, 2]);
  await turn();
  const later = share('key', read);
  endOne();
  expect(await later).toBe(3);
});

test('other keys are read for themselves, and a read that fails fails for those who share it only', async () => {
  const share = createSharing();
  const failing = share('key', () => Promise.reject(new Error('away')));
  const next = share('key', async () => 'there');
  expect(await share('other', async () => 'other')).toBe('other');
  await expect(failing).rejects.toThrow('away');
  expect(await next).toBe('there');
});

test('nobody is given what was read before he asked, in whatever order reads begin and end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('ask', 'end', 'turn'), { maxLength: 40 }), async (steps) => {
      const share = createSharing();
      const { read, begun, endOne } = numbered();
      const asked: { before: number; answer: Promise<number> }[] = [];
      for (const step of steps) {
        if (step === 'ask') asked.push({ before: begun(), answer: share('key', read) });
        else if (step === 'end') endOne();
        else await turn();
      }
      for (let at = 0; at <= asked.length; at++) {
        await turn();
        endOne();
      }
      for (const { before, answer } of asked) expect(await answer).toBeGreaterThan(before);
    }),
  );
});
