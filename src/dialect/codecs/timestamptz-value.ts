import type { Codec } from '../codec.ts';
import { isDateAt, isTimeAt, twoDigits, utcZoneAt } from './clock-text.ts';
import { invalidValue } from './invalid-value.ts';
import { canonicalTimestamp } from './timestamp-text.ts';

/**
 * Moments: a `Date` up to milliseconds, UTC text beyond. On the wire: `2026-11-21T13:45:00.000` and `zone`, which is
 * empty for engines that keep UTC in a column without zone. The session's time zone must be UTC.
 */
export function timestamptzValue(precision: number, zone: 'Z' | '' = 'Z'): Codec {
  return precision > 3 ? momentText(precision, zone) : momentDate(precision, zone);
}

function momentDate(precision: number, zone: 'Z' | ''): Codec {
  const unitMs = 10 ** (3 - precision);
  const length = precision === 0 ? 19 : 20 + precision;
  const isWhole = precision === 3 && zone === 'Z';
  return {
    encode(value: unknown): string {
      const time = value instanceof Date ? value.getTime() : Number.NaN;
      if (!(time >= eraStart && time < eraEnd)) throw invalidValue('a Date in the years 0001 to 9999');
      if (time % unitMs !== 0) throw invalidValue(`a Date with at most ${precision} digits of a second`);
      const text = (value as Date).toISOString();
      return isWhole ? text : text.slice(0, length) + zone;
    },
    decode(raw: unknown): Date {
      if (typeof raw !== 'string') throw invalidValue('a moment in UTC');
      return dateOf(raw);
    },
  };
}

function momentText(precision: number, zone: 'Z' | ''): Codec {
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
  const zone = utcZoneAt(text);
  if (zone < 19 || !isDateAt(text, 0) || !isTimeAt(text, 11)) throw invalidValue('a moment in the years 0001 to 9999');
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const ms = zone > 20 ? Math.trunc(Number(text.slice(19, zone)) * 1000 + 1e-6) : 0;
  // 400 years are a whole number of weeks and leap cycles: Date.UTC reads the years 0 to 99 as 1900 to 1999.
  const time = Date.UTC(
    year + 400,
    twoDigits(text, 5) - 1,
    twoDigits(text, 8),
    twoDigits(text, 11),
    twoDigits(text, 14),
    twoDigits(text, 17),
    ms,
  );
  return new Date(time - msOf400Years);
}

const msOf400Years = 146_097 * 86_400_000;

const eraStart = Date.parse('0001-01-01T00:00:00Z');
const eraEnd = Date.parse('+010000-01-01T00:00:00Z');
