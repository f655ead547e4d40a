import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** What names a tenant: a value of the column that `tenant()` makes. */
export type TenantId = string | number | bigint;

/** The tenant that a session is bound to. */
export interface TenantScope {
  readonly value: TenantId;
}

/** Checks a tenant's name. Nothing, an empty text and a number that is no whole one are `TENANT_MISSING`. */
export function tenantScope(value: TenantId): TenantScope {
  const isName = typeof value === 'bigint' || (typeof value === 'string' && value.trim() !== '');
  if (isName || Number.isSafeInteger(value)) return { value };
  throw new RowhouseError('TENANT_MISSING', 'a session cannot be bound to a tenant that has no name', {
    hint: 'take the tenant from what the caller has proven, e.g. the claim of a token, and refuse a caller without one',
  });
}
