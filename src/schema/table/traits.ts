import type { ColumnBuilder } from '../column/column-builder.ts';
import { now } from '../column/defaults.ts';
import { timestamptz, uuid } from '../column/types.ts';

/** `created_at` and `updated_at`, kept by Rowhouse with the database's clock; they come last in the table. */
export function timestamps(): {
  readonly createdAt: ColumnBuilder<Date, 'optional', false>;
  readonly updatedAt: ColumnBuilder<Date, 'optional'>;
} {
  return {
    createdAt: timestamptz().default(now()).immutable().role('created-at'),
    updatedAt: timestamptz().default(now()).role('updated-at'),
  };
}

/**
 * `deleted_at`: deleting a row stamps it, reads leave it out, `restore` brings it back. Unique columns of the table are
 * unique among the living.
 */
export function softDelete(): { readonly deletedAt: ColumnBuilder<Date | null, 'optional'> } {
  return { deletedAt: timestamptz().null().role('deleted-at') };
}

/** `tenant_id`: every row belongs to a tenant, and unique columns of the table are unique within one. */
export function tenant(): { readonly tenantId: ColumnBuilder<string, 'required', false> };
export function tenant<Value>(column: ColumnBuilder<Value>): {
  readonly tenantId: ColumnBuilder<Value, 'required', false>;
};
export function tenant(column: ColumnBuilder<string> = uuid()): {
  readonly tenantId: ColumnBuilder<string, 'required', false>;
} {
  return { tenantId: column.immutable().role('tenant') };
}
