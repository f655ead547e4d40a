import { isDateAt, isTimeAt } from './clock-text.ts';
import { invalidValue } from './invalid-value.ts';

const rfc3339 = /^(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2})(?:(\.\d{1,3})0*)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The moment of an RFC 3339 date and time, any zone; finer than milliseconds is refused, not cut. */
export function momentOf(value: unknown): Date {
  const match = typeof value === 'string' ? rfc3339.exec(value) : null;
  const clock = match?.[1] ?? '';
  if (match === null || !isDateAt(clock, 0) || !isTimeAt(clock, 11))
    throw invalidValue('a moment like 2026-11-21T13:45:00Z');
  return new Date(`${clock.replace(' ', 'T')}${match[2] ?? ''}${match[3] ?? ''}`.toUpperCase());
}
