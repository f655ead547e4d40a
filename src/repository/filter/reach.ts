import type { Session } from '../../database/session.ts';
import type { TablePlan } from '../table-plan.ts';
import { tenantOf } from '../tenant-of.ts';
import type { FilterNode } from './filter-node.ts';

/**
 * The rows of a table that a session can reach: what every read and write adds to its filter, on every table of a tree.
 * Undefined: all of them. Soft-deleted rows are out of reach unless `withDeleted` asks for them; rows of other tenants
 * always are, and a session without a tenant is refused.
 */
export function reachOf(plan: TablePlan, session: Session, withDeleted: boolean): FilterNode | undefined {
  const mine = ofTenant(plan, session);
  const alive = withDeleted ? undefined : living(plan);
  return mine === undefined ? alive : allOf(mine, alive);
}

function ofTenant(plan: TablePlan, session: Session): FilterNode | undefined {
  const { tenant } = plan;
  const value = tenantOf(plan, session);
  if (tenant === undefined || value === undefined) return undefined;
  return { kind: 'compare', field: tenant, operator: 'eq', value };
}

function living({ deletedAt }: TablePlan): FilterNode | undefined {
  return deletedAt === undefined ? undefined : { kind: 'null', field: deletedAt, isNull: true };
}

/** Both filters at once, whichever are there. */
export function allOf(...filters: readonly (FilterNode | undefined)[]): FilterNode | undefined {
  const parts = filters.filter((filter) => filter !== undefined);
  return parts.length > 1 ? { kind: 'all', parts } : parts[0];
}
