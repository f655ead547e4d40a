/**
 * The calendar by arithmetic: `Date.UTC` and `toISOString` take two and three times as long, which shows in lists and bulk
 * inserts, and the former reads the years 0 to 99 as 1900 to 1999. Years begin in March here, so that the leap day is the
 * last of its year, and repeat after 400 of them.
 */

const dayMs = 86_400_000;
const daysOf400Years = 146_097;
/** From the 1st of March of the year 0 to 1970. */
const daysBefore1970 = 719_468;

const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
const threeDigits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

/** Days from 1970-01-01 to a day of the calendar; negative before. */
export function daysUntil(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = daysUntilMonth(month > 2 ? month - 3 : month + 9) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - daysBefore1970;
}

/** `2026-11-21T13:45:00.250` of a moment, in milliseconds since 1970, in the years 0000 to 9999. */
export function momentText(time: number): string {
  const days = Math.floor(time / dayMs);
  const ms = time - days * dayMs;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const clock = `${twoDigits[hours]}:${twoDigits[minutes - hours * 60]}:${twoDigits[seconds - minutes * 60]}`;
  return `${dayText(days)}T${clock}.${threeDigits[ms - seconds * 1000]}`;
}

/** `2026-11-21` of the day so many days after 1970-01-01. */
function dayText(days: number): string {
  const since = days + daysBefore1970;
  const cycle = Math.floor(since / daysOf400Years);
  const day = since - cycle * daysOf400Years;
  const leapDays = Math.floor(day / 1460) - Math.floor(day / 36_524) + Math.floor(day / 146_096);
  const yearOfCycle = Math.floor((day - leapDays) / 365);
  const dayOfYear = day - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0);
  const century = Math.floor(year / 100);
  const dayOfMonth = dayOfYear - daysUntilMonth(monthFromMarch) + 1;
  return `${twoDigits[century]}${twoDigits[year - century * 100]}-${twoDigits[month]}-${twoDigits[dayOfMonth]}`;
}

/** Days of a year before one of its months; March is 0. */
function daysUntilMonth(monthFromMarch: number): number {
  return Math.floor((153 * monthFromMarch + 2) / 5);
}
