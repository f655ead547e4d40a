import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { parseFilter, type FilterNode } from '../filter/filter-node.ts';
import { findsEveryRow } from '../filter/finds-every-row.ts';
import type { TablePlan } from '../table-plan.ts';

/**
 * The filter of a write of many rows; undefined for `'all'`. One that leaves out no row is refused, `PREDICATE_REQUIRED`: it
 * would mean all without saying so.
 */
export function parsePredicate(where: object | 'all', plan: TablePlan, session: Session): FilterNode | undefined {
  if (where === 'all') return undefined;
  const filter = parseFilter(where, plan, session);
  if (!findsEveryRow(filter)) return filter;
  throw new RowhouseError('PREDICATE_REQUIRED', `${plan.label}: the filter leaves out no row`, {
    details: { table: plan.label },
    hint: "say 'all' to write every row",
  });
}
