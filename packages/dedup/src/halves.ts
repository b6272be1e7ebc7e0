/** Places in a memory. */
export interface Halves {
  /**
   * Where `size` places begin, at most half of all, with anything in them. They stay untouched until as many places were taken since as
   * half of the memory has.
   */
  take(size: number): number;
  /** How often the halves were exchanged. What was taken in this turn is in no danger; what was in the last, has to be taken again to stay. */
  turn: number;
}

/**
 * Memory that is filled in two halves in turn: allocating it for each text, and giving it back, costs more than reading most texts.
 * @param from its first place, of `size`
 */
export function createHalves(from: number, size: number): Halves {
  const sizeOfHalf = Math.floor(size / 2);
  let used = 0;
  const halves: Halves = {
    turn: 0,
    take(wanted) {
      if (used + wanted > sizeOfHalf) {
        halves.turn++;
        used = 0;
      }
      const at = from + (halves.turn % 2) * sizeOfHalf + used;
      used += wanted;
      return at;
    },
  };
  return halves;
}
