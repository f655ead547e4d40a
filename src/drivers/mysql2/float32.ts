/** Up to here every whole number is a 32-bit float of its own, and its decimal is itself. */
const exactWhole = 2 ** 24;

/**
 * The shortest decimal that is this 32-bit float: 0.1 and not 0.10000000149011612, as the other engines print it.
 * Nine digits always suffice.
 */
export function shortestFloat32(value: number): number {
  if (Math.abs(value) < exactWhole && Number.isInteger(value)) return value;
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return Number(value.toPrecision(9));
}
