import type { Session } from '../../database/session.ts';
import type { TablePlan } from '../table-plan.ts';
import { parseFilter, type FilterNode } from './filter-node.ts';
import { allOf, reachOf } from './reach.ts';

/** The filter of a call among the rows that its session can reach. */
export function resolveFilter(
  where: object | undefined,
  withDeleted: boolean,
  plan: TablePlan,
  session: Session,
): FilterNode | undefined {
  const given = where === undefined ? undefined : parseFilter(where, plan, session);
  return allOf(reachOf(plan, session, withDeleted), given);
}
