import type { Codec } from '../codec.ts';
import { fractionAt, isTimeAt } from './clock-text.ts';
import { invalidValue } from './invalid-value.ts';

/** Times of day as `13:45:00` with exactly `precision` digits of a second. */
export function timeText(precision: number): Codec {
  const expected = `a time of day with at most ${precision} digits of a second`;
  const canonical = (value: unknown): string => {
    if (typeof value === 'string' && isTimeAt(value, 0)) {
      const fraction = fractionAt(value, 8, value.length, precision);
      if (fraction !== undefined) return value.length === 8 + fraction.length ? value : value.slice(0, 8) + fraction;
    }
    throw invalidValue(expected);
  };
  return { encode: canonical, decode: canonical };
}
