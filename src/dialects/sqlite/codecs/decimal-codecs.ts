import { decimalText } from '../../../dialect/codecs/decimal-text.ts';
import { invalidValue } from '../../../dialect/codecs/invalid-value.ts';
import type { Codec } from '../../../dialect/codec.ts';

/**
 * Decimals of at most 15 digits, kept as numbers: a float tells all of them apart, so each comes back digit for digit
 * and SQLite compares, sorts and adds them itself.
 */
export function decimalAsNumber(precision: number, scale: number): Codec {
  const text = decimalText(precision, scale);
  return {
    encode(value: unknown): number {
      return Number(text.encode(value));
    },
    decode(raw: unknown): string {
      const value = typeof raw === 'bigint' ? Number(raw) : raw;
      const digits = typeof value === 'number' && Math.abs(value) < 1e15 ? value.toFixed(scale) : '';
      if (digits === '' || Number(digits) !== value)
        throw invalidValue(`a decimal(${precision}, ${scale}) in the database`);
      return value === 0 ? digits.replace('-', '') : digits;
    },
  };
}

/** Decimals of any length, kept as text. A column that others declared may hold numbers; those of up to 15 digits are exact. */
export function decimalAsText(precision?: number, scale?: number): Codec {
  const text = decimalText(precision, scale);
  return {
    ...text,
    decode(raw: unknown): unknown {
      return text.decode(typeof raw === 'number' ? exactDigits(raw) : raw);
    },
  };
}

/** The number's digits when 15 of them say all of it; a longer one may have lost digits on its way into the float. */
function exactDigits(value: number): string {
  if (!Number.isFinite(value) || Number(value.toPrecision(15)) !== value || Math.abs(value) >= 1e15) {
    throw invalidValue('a number of at most 15 digits in the database');
  }
  const [digits = '', exponent] = String(value + 0).split('e-');
  return exponent === undefined ? digits : value.toFixed(Number(exponent) + digits.replaceAll(/[-.]/g, '').length - 1);
}
