import type { Session } from '../../database/session.ts';
import type { TablePlan } from '../table-plan.ts';
import type { FilterNode } from './filter-node.ts';

/**
 * The rows of a table that a session can reach: what every read and write adds to its filter, on every table of a tree.
 * Undefined: all of them. Soft-deleted rows are out of reach unless `withDeleted` asks for them.
 */
export function reachOf(plan: TablePlan, _session: Session, withDeleted: boolean): FilterNode | undefined {
  const { deletedAt } = plan;
  if (withDeleted || deletedAt === undefined) return undefined;
  return { kind: 'null', field: deletedAt, isNull: true };
}

/** Both filters at once, whichever are there. */
export function allOf(...filters: readonly (FilterNode | undefined)[]): FilterNode | undefined {
  const parts = filters.filter((filter) => filter !== undefined);
  return parts.length > 1 ? { kind: 'all', parts } : parts[0];
}
