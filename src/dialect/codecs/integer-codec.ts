import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';

/** Whole numbers from `min` to `max`, both safe integers. On the wire: a number. */
export function integerCodec(min: number, max: number): Codec {
  return {
    encode(value: unknown): number {
      if (typeof value === 'number' && value >= min && value <= max && Number.isInteger(value)) return value + 0;
      throw invalidValue(`a whole number from ${min} to ${max}`);
    },
    decode(raw: unknown): number {
      return Number(raw);
    },
  };
}

/** The 16 bits of a `smallint`. */
export const smallintCodec: Codec = integerCodec(-32_768, 32_767);

/** The 32 bits of an `integer`. */
export const int32Codec: Codec = integerCodec(-2_147_483_648, 2_147_483_647);
