import { describe, expect, it } from 'vitest';
import { createPlaces, type Leave, type Places } from './places.ts';

/** Asks for a place and says at once whether it was given, without waiting. */
function ask(places: Places, signal = new AbortController().signal) {
  const place: { given: boolean; leave: Leave | null } = { given: false, leave: null };
  const settled = places.enter(signal).then((leave) => {
    place.given = true;
    place.leave = leave;
  });
  return { place, settled };
}

const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe('createPlaces', () => {
  it('never gives more places than there are, and gives one that is left to who waits longest', async () => {
    const places = createPlaces(3);
    const asked = Array.from({ length: 6 }, () => ask(places));
    await settle();
    const given = () => asked.map(({ place }) => place.given);
    expect(given()).toEqual([true, true, true, false, false, false]);
    asked[1]?.place.leave?.();
    await settle();
    expect(given()).toEqual([true, true, true, true, false, false]);
  });

  it('forgets a waiter that gives up', async () => {
    const places = createPlaces(1);
    const first = ask(places);
    const controller = new AbortController();
    const second = ask(places, controller.signal);
    const third = ask(places);
    await settle();
    controller.abort();
    await second.settled;
    expect(second.place.leave).toBeNull();
    first.place.leave?.();
    await third.settled;
    expect(third.place.leave).not.toBeNull();
  });

  it('gives nothing to who has given up before', async () => {
    expect(await createPlaces(1).enter(AbortSignal.abort())).toBeNull();
  });
});
