import { counted } from './counted.ts';
import type { UnfinishedRun } from '../../migration/run/unfinished-run.ts';

/** How far a run came that was cut short, line by line. */
export function renderUnfinished(run: UnfinishedRun, rowsFilled?: bigint): readonly string[] {
  const { revision, direction, statements, ran, next, failed, isUncertain } = run;
  const place = isUncertain && next !== undefined ? `; whether statement ${next.number} took effect is looked up` : '';
  return [
    `${direction} ${revision} was cut short: ${ran.length} of ${statements} statements done${place}; the next run finishes it`,
    ...ran.map((statement, position) => `  ${position + 1} ran: ${statement}`),
    ...(failed === undefined ? [] : [`  ${failed.number} failed with ${failed.code}: ${failed.statement}`]),
    ...(failed === undefined && next !== undefined ? [`  ${next.number} is next: ${next.statement}`] : []),
    ...(rowsFilled === undefined ? [] : [`  ${counted(Number(rowsFilled), 'row')} of it filled in so far`]),
  ];
}
