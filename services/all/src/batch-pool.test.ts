import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createPool, inOrder, type Pool } from './batch-pool.ts';
import { type BatchContext, openSpills } from './batch-shared.ts';
import { closeSpill, SPILL_ERROR } from './spill.ts';

const LINE = { number: 1, text: '{"text":"Please log in."}' };

let pool: Pool | null = null;
let context: BatchContext | null = null;
afterEach(async () => {
  await pool?.close();
  if (context !== null) Object.values(context.spills).forEach(closeSpill);
});

async function threads(count: number): Promise<Pool> {
  context = { spills: openSpills(tmpdir()), seenAt: '2026-11-17T12:00:00Z', threads: count, windowDays: 0 };
  const opened = createPool(count, context);
  pool = opened;
  opened.start();
  while (count > 1 && opened.width() === 1) await pause(10);
  return opened;
}

describe('the pool of threads', () => {
  it.each([1, 2])('gives the answers of jobs that %i threads do in the order of the jobs', async (count) => {
    const { run, width } = await threads(count);
    const numbers = Array.from({ length: 40 }, (_, at) => at + 1);
    const taken: number[] = [];
    await inOrder(
      numbers,
      width,
      (number) => run('read', Array(number % 7).fill({ ...LINE, number })),
      ({ count }, number) => {
        expect(count).toBe(number % 7);
        taken.push(number);
      },
    );
    expect(taken).toEqual(numbers);
  });

  it.each([1, 2])('tells of a disk that refuses what is written, with %i threads', async (count) => {
    const { run } = await threads(count);
    const { lines } = (context as BatchContext).spills;
    closeSpill(lines);
    await expect(run('read', [LINE])).rejects.toMatchObject({
      code: SPILL_ERROR,
      message: expect.stringMatching(/EBADF.*--tmp/),
    });
    lines.fd = openSpills(tmpdir()).lines.fd;
  });

  it('passes a bug on with where it was', async () => {
    const { run } = await threads(2);
    await expect(run('link', { from: 0, to: 1 })).rejects.toThrow(/before what it needs was shared/);
  });
});
