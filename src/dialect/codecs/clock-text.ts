import { daysUntil } from './calendar.ts';

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number that two digits at this place make; -1 when they are not digits. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** Is there a day of the calendar, `YYYY-MM-DD` from year 0001, at this place? */
export function isDateAt(text: string, at: number): boolean {
  return !Number.isNaN(dayAt(text, at));
}

/** Days from 1970-01-01 to the day of the calendar, `YYYY-MM-DD` from year 0001, at this place; NaN when there is none. */
export function dayAt(text: string, at: number): number {
  const century = twoDigits(text, at);
  const yearOfCentury = twoDigits(text, at + 2);
  const month = twoDigits(text, at + 5);
  const day = twoDigits(text, at + 8);
  if (century < 0 || yearOfCentury < 0 || century + yearOfCentury === 0) return Number.NaN;
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return Number.NaN;
  if (day < 1 || day > (daysOfMonth[month - 1] ?? 0)) return Number.NaN;
  if (month === 2 && day === 29 && !isLeap(century, yearOfCentury)) return Number.NaN;
  return daysUntil(century * 100 + yearOfCentury, month, day);
}

/** Is there a time of day, `HH:MM:SS` before 24:00, at this place? */
export function isTimeAt(text: string, at: number): boolean {
  return !Number.isNaN(secondAt(text, at));
}

/** Seconds from midnight to the time of day, `HH:MM:SS` before 24:00, at this place; NaN when there is none. */
export function secondAt(text: string, at: number): number {
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  const second = twoDigits(text, at + 6);
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return Number.NaN;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN;
  return hour * 3600 + minute * 60 + second;
}

/**
 * The part of a second between `at` and `end` with exactly `precision` digits: `.250`, or nothing for precision 0.
 * Undefined when it is none, or has digits other than zero that would be cut.
 */
export function fractionAt(text: string, at: number, end: number, precision: number): string | undefined {
  if (at === end) return precision === 0 ? '' : '.'.padEnd(precision + 1, '0');
  if (text.charCodeAt(at) !== 46 || end - at < 2) return undefined;
  const cut = at + 1 + precision;
  for (let place = at + 1; place < end; place++) {
    const digit = text.charCodeAt(place) - 48;
    if (!(digit >= 0 && digit <= 9) || (place >= cut && digit !== 0)) return undefined;
  }
  if (precision === 0) return '';
  return text.slice(at, Math.min(end, cut)).padEnd(precision + 1, '0');
}

/** Where the zone of a UTC moment starts (`Z`, `+00`, `+00:00`, or nothing at the end); -1 for another zone. */
export function utcZoneAt(text: string): number {
  for (let at = 19; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 90) return at === text.length - 1 ? at : -1;
    if (sign === 43) return isZero(text.slice(at + 1)) ? at : -1;
    if (sign === 45) return -1;
  }
  return text.length;
}

function isZero(offset: string): boolean {
  return offset === '00' || offset === '00:00';
}

function isLeap(century: number, year: number): boolean {
  return year === 0 ? century % 4 === 0 : year % 4 === 0;
}
