import type { Session } from '../database/session.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { TablePlan } from './table-plan.ts';
import { encodeValue } from './write/encode-value.ts';

/**
 * The tenant of a session as a value of the table's tenant column, in wire form. Undefined: the table has no tenants, or
 * the session reaches all of them for a reason it gave. Neither one nor the other is `TENANT_MISSING`.
 */
export function tenantOf(plan: TablePlan, session: Session): unknown {
  const field = plan.tenant;
  if (field === undefined) return undefined;
  if (session.tenant !== undefined) return encodeValue(field, session.tenant.value, plan);
  if (session.allTenants !== undefined) return undefined;
  throw new RowhouseError('TENANT_MISSING', `the rows of ${plan.label} belong to tenants, and the session to none`, {
    details: { table: plan.label },
    hint: "bind the session with forTenant(id); work on all tenants goes through unscoped('why')",
  });
}

/** Are two values in wire form the same? */
export function isSameWire(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0;
  return one === other;
}
