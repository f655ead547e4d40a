/** Gives numbers from 0 to below `limit`: the same ones, in the same order, for the same seed. */
export type SeededNumbers = (limit: number) => number;

/** A small generator (mulberry32): good enough to choose with, and the same on every machine. */
export function seededNumbers(seed: number): SeededNumbers {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}
