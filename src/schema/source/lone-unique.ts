import type { Unique } from '../../catalog/model/constraint.ts';

/** Does the constraint say no more than `.unique()` on a column does? */
export function isLoneUnique({ columns, nullsNotDistinct, deferrable }: Unique): boolean {
  return columns.length === 1 && nullsNotDistinct !== true && deferrable === undefined;
}
