import { checkBigint } from '../../../dialect/codecs/bigint-text.ts';
import { booleanCheck } from '../../../dialect/codecs/boolean-check.ts';
import { doubleCodec, realCodec } from '../../../dialect/codecs/float-codec.ts';
import { invalidValue } from '../../../dialect/codecs/invalid-value.ts';
import type { Codec } from '../../../dialect/codec.ts';

/**
 * Whole numbers that fit a JavaScript number; `within` checks what is written. What is read may be wider than the type,
 * because SQLite's own `integer` is, but never past 2^53, where neighbours become equal.
 */
export function wholeNumber(within: Codec): Codec {
  return { ...within, decode: safeInteger };
}

/** 64 bits, as the driver's bigint. */
export const wholeBigint: Codec = {
  encode: checkBigint,
  decode(raw: unknown): bigint {
    if (typeof raw === 'bigint') return raw;
    if (Number.isSafeInteger(raw)) return BigInt(raw as number);
    throw invalidValue('a whole number in the database');
  },
};

/** 64-bit floats. */
export const float64: Codec = { ...doubleCodec, decode: storedNumber };

/** 32-bit floats. */
export const float32: Codec = { ...realCodec, decode: storedNumber };

/** 0 and 1. */
export const zeroOrOne: Codec = {
  encode(value: unknown): number {
    return booleanCheck(value) ? 1 : 0;
  },
  decode(raw: unknown): boolean {
    if (raw === 1 || raw === 1n) return true;
    if (raw === 0 || raw === 0n) return false;
    throw invalidValue('0 or 1 in the database');
  },
};

function safeInteger(raw: unknown): number {
  const value = typeof raw === 'bigint' ? Number(raw) : raw;
  if (Number.isSafeInteger(value)) return value as number;
  throw invalidValue('a whole number within 2^53 in the database');
}

function storedNumber(raw: unknown): number {
  const value = typeof raw === 'bigint' ? Number(raw) : raw;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidValue('a finite number in the database');
}
