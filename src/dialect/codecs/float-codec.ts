import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';

/** Finite 64-bit numbers. `-0` is written as `0`: not every engine keeps its sign. */
export const doubleCodec: Codec = {
  encode(value: unknown): number {
    return finite(value) + 0;
  },
  decode(raw: unknown): number {
    return finite(Number(raw));
  },
};

/** Finite 32-bit numbers: what is written is rounded to 32 bits, and exactly that comes back. */
export const realCodec: Codec = {
  encode(value: unknown): number {
    return finite(Math.fround(finite(value))) + 0;
  },
  decode(raw: unknown): number {
    return finite(Math.fround(Number(raw)));
  },
};

function finite(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidValue('a finite number');
}
