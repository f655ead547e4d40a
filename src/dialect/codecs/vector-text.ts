import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';

/** Vectors as the text `[1,2.5,-3]`. */
export function vectorText(dimensions: number): Codec {
  return {
    encode(value: unknown): string {
      return `[${vectorCheck(value, dimensions).join(',')}]`;
    },
    decode(raw: unknown): readonly number[] {
      return (JSON.parse(raw as string) as number[]).map(Math.fround);
    },
  };
}

/** The numbers, rounded to 32 bits, when there are exactly `dimensions` of them and all are finite. */
export function vectorCheck(value: unknown, dimensions: number): readonly number[] {
  if (!Array.isArray(value) || value.length !== dimensions) throw invalidValue(`an array of ${dimensions} numbers`);
  return value.map((item: unknown) => {
    const rounded = typeof item === 'number' ? Math.fround(item) : Number.NaN;
    if (!Number.isFinite(rounded)) throw invalidValue('an array of finite 32-bit numbers');
    return rounded + 0;
  });
}
