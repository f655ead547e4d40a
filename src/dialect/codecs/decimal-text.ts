import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';

const plain = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/**
 * Decimal numbers as text: with a precision, at most `precision` digits with exactly `scale` after the point; without,
 * as many as given. Missing zeros after the point are added; what would be rounded is refused.
 */
export function decimalText(precision?: number, scale: number = 0): Codec {
  const expected = precision === undefined ? 'a decimal number as text' : `a decimal(${precision}, ${scale}) as text`;
  return {
    encode(value: unknown): string {
      const text = typeof value === 'string' && plain.test(value) ? canonical(value, precision, scale) : undefined;
      if (text === undefined) throw invalidValue(expected);
      return text;
    },
    decode(raw: unknown): string {
      const text = typeof raw === 'string' ? raw : String(raw);
      const result = plain.test(text) ? canonical(text, precision, scale) : undefined;
      if (result === undefined) throw invalidValue(expected);
      return result;
    },
  };
}

function canonical(text: string, precision: number | undefined, scale: number): string | undefined {
  const point = text.indexOf('.');
  const whole = point === -1 ? text : text.slice(0, point);
  const fraction = point === -1 ? '' : text.slice(point + 1);
  if (whole === '-0' && isZeros(fraction, 0)) return undefined;
  if (precision === undefined) return text;
  const digits = whole.startsWith('-') ? whole.length - 1 : whole.length;
  const wholeDigits = digits === 1 && whole.endsWith('0') ? 0 : digits;
  if (wholeDigits > precision - scale) return undefined;
  if (fraction.length === scale) return text;
  if (fraction.length > scale && !isZeros(fraction, scale)) return undefined;
  return scale === 0 ? whole : `${whole}.${fraction.slice(0, scale).padEnd(scale, '0')}`;
}

function isZeros(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) if (text.charCodeAt(at) !== 48) return false;
  return true;
}
