import { isDateAt, isTimeAt } from '../../dialect/codecs/clock-text.ts';
import { invalidValue } from '../../dialect/codecs/invalid-value.ts';

const rfc3339 = /^(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2})(?:(\.\d{1,3})0*)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The moment of an RFC 3339 date and time in any zone; finer than milliseconds is refused, not cut. */
export function momentOf(text: string): Date {
  const [, clock = '', fraction = '', zone = ''] = rfc3339.exec(text) ?? [];
  if (!isDateAt(clock, 0) || !isTimeAt(clock, 11)) throw invalidValue('a moment like 2026-11-21T13:45:00Z');
  return new Date(`${clock.replace(' ', 'T')}${fraction}${zone}`.toUpperCase());
}
