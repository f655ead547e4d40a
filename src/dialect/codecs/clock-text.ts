const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number that two digits at this place make; -1 when they are not digits. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** Is there a day of the calendar, `YYYY-MM-DD` from year 0001, at this place? */
export function isDateAt(text: string, at: number): boolean {
  const century = twoDigits(text, at);
  const year = twoDigits(text, at + 2);
  const month = twoDigits(text, at + 5);
  const day = twoDigits(text, at + 8);
  if (century < 0 || year < 0 || century + year === 0) return false;
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return false;
  if (day < 1 || day > (daysOfMonth[month - 1] ?? 0)) return false;
  return month !== 2 || day < 29 || isLeap(century, year);
}

/** Is there a time of day, `HH:MM:SS` before 24:00, at this place? */
export function isTimeAt(text: string, at: number): boolean {
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  const second = twoDigits(text, at + 6);
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return false;
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
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
