import type { Codec } from '../codec.ts';
import { fractionAt, isDateAt, isTimeAt } from './clock-text.ts';
import { invalidValue } from './invalid-value.ts';

/** Wall clocks as `2026-11-21T13:45:00` with exactly `precision` digits of a second; a blank may stand for the `T`. */
export function timestampText(precision: number): Codec {
  const expected = `a date and time with at most ${precision} digits of a second and no zone`;
  const canonical = (value: unknown): string => {
    const text = typeof value === 'string' ? canonicalTimestamp(value, value.length, precision) : undefined;
    if (text === undefined) throw invalidValue(expected);
    return text;
  };
  return { encode: canonical, decode: canonical };
}

/** The wall clock that fills `text` up to `end`, in its one spelling; undefined when there is none. */
export function canonicalTimestamp(text: string, end: number, precision: number): string | undefined {
  const separator = text.charCodeAt(10);
  if ((separator !== 84 && separator !== 32) || !isDateAt(text, 0) || !isTimeAt(text, 11)) return undefined;
  const fraction = fractionAt(text, 19, end, precision);
  return fraction === undefined ? undefined : `${text.slice(0, 10)}T${text.slice(11, 19)}${fraction}`;
}
