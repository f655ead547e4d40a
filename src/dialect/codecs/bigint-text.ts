import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';

const min = -(2n ** 63n);
const max = 2n ** 63n - 1n;

/** The 64 bits of a `bigint`. On the wire: decimal text; read from text, a number or a bigint. */
export const bigintText: Codec = {
  encode(value: unknown): string {
    return checkBigint(value).toString();
  },
  decode(raw: unknown): bigint {
    return typeof raw === 'bigint' ? raw : BigInt(raw as string | number);
  },
};

/** The value itself when it is a bigint of 64 bits, for drivers that take bigints. */
export function checkBigint(value: unknown): bigint {
  if (typeof value === 'bigint' && value >= min && value <= max) return value;
  throw invalidValue('a bigint of 64 bits');
}
