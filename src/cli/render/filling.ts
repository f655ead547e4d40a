import type { BackfillEstimate } from '../../migration/backfill/estimate-backfill.ts';
import type { BackfillProgress } from '../../migration/run/migration-context.ts';
import { counted } from './counted.ts';

/** How a backfill gets on, in front of its bar: `filling in person, 8,200 rows a second, 2 min left`. */
export function renderFilling({ table, rowsPerSecond, leftMs }: BackfillProgress): string {
  const rate = rowsPerSecond > 0 ? `, ${rowsPerSecond.toLocaleString('en')} rows a second` : '';
  return `filling in ${table}${rate}${leftMs === undefined ? '' : `, ${renderTime(leftMs)} left`}`;
}

/** What a backfill would have to do: `120,000 rows to fill in, about 12 s`. */
export function renderEstimate({ rows, aboutMs }: BackfillEstimate): string {
  return `${counted(rows, 'row')} to fill in, about ${renderTime(aboutMs)}`;
}

function renderTime(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
