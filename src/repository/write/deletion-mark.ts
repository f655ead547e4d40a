import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Field, TablePlan } from '../table-plan.ts';

/** The column that marks deleted rows. `CAPABILITY_MISSING` on a table whose rows are deleted for good. */
export function deletionMark({ deletedAt, label }: TablePlan): Field {
  if (deletedAt !== undefined) return deletedAt;
  throw new RowhouseError(
    'CAPABILITY_MISSING',
    `${label} does not soft-delete: there is no mark to set or to look for`,
    {
      details: { table: label },
      hint: 'add ...softDelete() to the table',
    },
  );
}
