import { setTimeout as sleep } from 'node:timers/promises';

const HOLDS_WITHIN_MS = 25_000;

/** Waits until a claim holds, and not for ever. */
export async function until(claim: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + HOLDS_WITHIN_MS;
  while (!(await claim())) {
    if (Date.now() > deadline) throw new Error(`not so within ${HOLDS_WITHIN_MS} ms: ${claim}`);
    await sleep(10);
  }
}
