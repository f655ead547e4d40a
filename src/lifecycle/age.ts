import { RowhouseError } from '../errors/rowhouse-error.ts';

/** A length of time in words: `'90 days'`, `'6 months'`, `'12 hours'`. */
export type Age = `${number} ${Unit}`;

const units = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
type Unit = (typeof units)[number] | `${(typeof units)[number]}s`;

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** The moment that lies `age` before `now`; months and years by the calendar, in UTC. */
export function momentBefore(now: Date, age: Age): Date {
  const { count, unit } = parseAge(age);
  if (unit === 'month') return monthsBefore(now, count);
  if (unit === 'year') return monthsBefore(now, count * 12);
  return new Date(now.getTime() - count * unitMs[unit]);
}

/** Refuses what is no length of time with `CONFIG_INVALID`. */
export function parseAge(age: string): { readonly count: number; readonly unit: (typeof units)[number] } {
  const [, count = '', name] = /^(\d{1,6}) ([a-z]+?)s?$/.exec(age) ?? [];
  const unit = units.find((one) => one === name);
  if (unit !== undefined && Number(count) > 0) return { count: Number(count), unit };
  throw new RowhouseError('CONFIG_INVALID', `'${age}' is no length of time`, {
    hint: `write it like '90 days'; the units are ${units.join(', ')}`,
  });
}

/** The last day of a shorter month stands for a day that it does not have. */
function monthsBefore(now: Date, months: number): Date {
  const moment = new Date(now);
  moment.setUTCMonth(moment.getUTCMonth() - months);
  if (moment.getUTCDate() !== now.getUTCDate()) moment.setUTCDate(0);
  return moment;
}
