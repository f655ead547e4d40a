import type { ColumnBuilder } from '../column/column-builder.ts';
import { now } from '../column/defaults.ts';
import { integer, timestamptz, uuid } from '../column/types.ts';

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

/**
 * `tenant_id`: every row belongs to a tenant, which the session of an insert says; unique columns of the table are unique
 * within one, and sessions reach the rows of their own tenant only.
 */
export function tenant(): { readonly tenantId: ColumnBuilder<string, 'optional', false> };
export function tenant<Value>(column: ColumnBuilder<Value>): {
  readonly tenantId: ColumnBuilder<Value, 'optional', false>;
};
export function tenant(column: ColumnBuilder<string> = uuid()): {
  readonly tenantId: ColumnBuilder<string, 'optional', false>;
} {
  return { tenantId: column.tenant() };
}

/**
 * `version`: counts the changes of a row. An update or a delete that says which version it means is refused with
 * `VERSION_CONFLICT` when the row has changed since.
 */
export function version(): { readonly version: ColumnBuilder<number, 'optional'> } {
  return { version: integer().default(1).role('version') };
}
