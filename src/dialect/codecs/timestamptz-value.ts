import type { Codec } from '../codec.ts';
import { momentText } from './calendar.ts';
import { dayAt, secondAt, twoDigits, utcZoneAt } from './clock-text.ts';
import { invalidValue } from './invalid-value.ts';
import { canonicalTimestamp } from './timestamp-text.ts';

/**
 * Moments: a `Date` up to milliseconds, UTC text beyond. On the wire: `2026-11-21T13:45:00.000` and `zone`, which is
 * empty for engines that keep UTC in a column without zone. The session's time zone must be UTC.
 */
export function timestamptzValue(precision: number, zone: 'Z' | '' = 'Z'): Codec {
  return precision > 3 ? textCodec(precision, zone) : dateCodec(precision, zone);
}

function dateCodec(precision: number, zone: 'Z' | ''): Codec {
  const unitMs = 10 ** (3 - precision);
  const length = precision === 0 ? 19 : 20 + precision;
  return {
    encode(value: unknown): string {
      const time = value instanceof Date ? value.getTime() : Number.NaN;
      if (!(time >= eraStart && time < eraEnd)) throw invalidValue('a Date in the years 0001 to 9999');
      if (time % unitMs !== 0) throw invalidValue(`a Date with at most ${precision} digits of a second`);
      const text = momentText(time);
      return precision === 3 ? text + zone : text.slice(0, length) + zone;
    },
    decode(raw: unknown): Date {
      if (typeof raw !== 'string') throw invalidValue('a moment in UTC');
      return dateOf(raw);
    },
  };
}

function textCodec(precision: number, zone: 'Z' | ''): Codec {
  const expected = `a moment like 2026-11-21T13:45:00.123456Z with at most ${precision} digits of a second`;
  const clock = (value: unknown, end: number): string => {
    const text = typeof value === 'string' && end > 0 ? canonicalTimestamp(value, end, precision) : undefined;
    if (text === undefined) throw invalidValue(expected);
    return text;
  };
  return {
    encode(value: unknown): string {
      return clock(value, typeof value === 'string' && value.endsWith('Z') ? value.length - 1 : -1) + zone;
    },
    decode(raw: unknown): string {
      return `${clock(raw, typeof raw === 'string' ? utcZoneAt(raw) : -1)}Z`;
    },
  };
}

function dateOf(text: string): Date {
  const plain = plainMilliseconds(text);
  const zone = plain < 0 ? utcZoneAt(text) : text.length;
  const seconds = dayAt(text, 0) * 86_400 + secondAt(text, 11);
  if (zone < 19 || Number.isNaN(seconds)) throw invalidValue('a moment in the years 0001 to 9999');
  if (plain >= 0) return new Date(seconds * 1000 + plain);
  return new Date(seconds * 1000 + (zone > 20 ? millisecondsAt(text, zone) : 0));
}

/** The milliseconds of a text in UTC that has three digits of them, as most have; -1 for all others. */
function plainMilliseconds(text: string): number {
  const { length } = text;
  const endsThere = length === 23 || (length === 24 && text.charCodeAt(23) === 90);
  return endsThere && text.charCodeAt(19) === 46 ? threeDigits(text, 20) : -1;
}

/** Milliseconds of the fraction that goes from the point at 19 up to `end`; what is smaller is left out. */
function millisecondsAt(text: string, end: number): number {
  const ms = end === 23 ? threeDigits(text, 20) : -1;
  return ms < 0 ? Math.trunc(Number(text.slice(19, end)) * 1000 + 1e-6) : ms;
}

/** The number that three digits at this place make; -1 when they are not digits. */
function threeDigits(text: string, at: number): number {
  const tens = twoDigits(text, at);
  const ones = text.charCodeAt(at + 2) - 48;
  return tens >= 0 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

const eraStart = Date.parse('0001-01-01T00:00:00Z');
const eraEnd = Date.parse('+010000-01-01T00:00:00Z');
