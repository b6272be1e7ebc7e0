import { describe, expect, it } from 'vitest';
import { createPace, type Leave } from './pace.ts';

/** Asks for a place and says at once whether it was given, without waiting. */
function ask(pace: ReturnType<typeof createPace>, host: string, signal = new AbortController().signal) {
  const place: { given: boolean; leave: Leave | null } = { given: false, leave: null };
  const settled = pace.enter(host, signal).then((leave) => {
    place.given = true;
    place.leave = leave;
  });
  return { place, settled };
}

const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe('createPace', () => {
  it('gives a host two places, and the third when one is left', async () => {
    const pace = createPace(10);
    const first = ask(pace, 'a.test');
    const second = ask(pace, 'a.test');
    const third = ask(pace, 'a.test');
    await settle();
    expect([first, second, third].map(({ place }) => place.given)).toEqual([true, true, false]);
    first.place.leave?.();
    await third.settled;
    expect(third.place.leave).not.toBeNull();
  });

  it('lets a host through while another one waits for itself', async () => {
    const pace = createPace(3);
    for (let i = 0; i < 10; i += 1) ask(pace, 'slow.test');
    const other = ask(pace, 'fast.test');
    await settle();
    expect(other.place.given).toBe(true);
  });

  it('never gives more places than there are in all', async () => {
    const pace = createPace(3);
    const asked = Array.from({ length: 8 }, (_, i) => ask(pace, `host-${i}.test`));
    await settle();
    const given = () => asked.filter(({ place }) => place.given).length;
    expect(given()).toBe(3);
    asked[0]?.place.leave?.();
    await settle();
    expect(given()).toBe(4);
  });

  it('sends the fifty-first waiter of a host away', async () => {
    const pace = createPace(10);
    const asked = Array.from({ length: 53 }, () => ask(pace, 'hot.test'));
    await settle();
    const away = asked.filter(({ place }) => place.given && place.leave === null);
    expect(away).toEqual([asked[52]]);
  });

  it('forgets a waiter that gives up', async () => {
    const pace = createPace(1);
    const first = ask(pace, 'a.test');
    const controller = new AbortController();
    const second = ask(pace, 'a.test', controller.signal);
    const third = ask(pace, 'a.test');
    await settle();
    controller.abort();
    await second.settled;
    expect(second.place.leave).toBeNull();
    first.place.leave?.();
    await third.settled;
    expect(third.place.leave).not.toBeNull();
  });

  it('gives nothing to who has given up before', async () => {
    expect(await createPace(1).enter('a.test', AbortSignal.abort())).toBeNull();
  });
});
