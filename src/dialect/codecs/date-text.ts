import type { Codec } from '../codec.ts';
import { isDateAt } from './clock-text.ts';
import { invalidValue } from './invalid-value.ts';

/** Days as `2026-11-21`, years 0001 to 9999. */
export const dateText: Codec = { encode: canonical, decode: canonical };

function canonical(value: unknown): string {
  if (typeof value === 'string' && value.length === 10 && isDateAt(value, 0)) return value;
  throw invalidValue('a day like 2026-11-21');
}
