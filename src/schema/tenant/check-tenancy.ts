import type { ForeignKey } from '../../catalog/model/constraint.ts';
import { displayName, sameName } from '../../catalog/model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { SchemaModule } from '../schema.ts';
import { ColumnReference } from '../column/column-reference.ts';
import { definition, isTable, type AnyTable, type TableDefinition } from '../table/table.ts';
import type { RowTenancy, Tenancy } from './tenancy.ts';

/**
 * Fails with `SCHEMA_INVALID` where a table would let one tenant see, or get in the way of, another: a table without a
 * tenant, a unique index or a foreign key that reaches across tenants, a table that is in one place for all.
 */
export function checkTenancy(schema: SchemaModule, tenancy: Tenancy): void {
  const tables = [...new Set(Object.values(schema).filter(isTable))];
  switch (tenancy.by) {
    case 'row':
      checkRows(tables, tenancy);
      return;
    case 'namespace':
    case 'database':
      for (const table of tables) refuseOwnNamespace(table[definition], tenancy.by);
  }
}

function checkRows(tables: readonly AnyTable[], { shared = [] }: RowTenancy): void {
  const definitions = tables.map((table) => table[definition]);
  for (const table of tables) {
    const described = table[definition];
    if (shared.some((one) => one[definition] === described)) refuseTenant(described);
    else refuseWithoutTenant(described);
    if (described.roles.tenant === undefined) continue;
    refuseWideIndexes(described);
    for (const key of described.catalogTable.foreignKeys) refuseWideReference(described, key, definitions);
  }
}

function refuseWithoutTenant(table: TableDefinition): void {
  if (table.roles.tenant !== undefined) return;
  throw invalid(
    table,
    'has no tenant, and every row of the service belongs to one',
    'add ...tenant() to its columns, or name it under `shared` when its rows are everybody’s',
  );
}

function refuseTenant(table: TableDefinition): void {
  if (table.roles.tenant === undefined) return;
  throw invalid(table, 'is shared and has a tenant', 'take it off `shared`, or take its tenant away');
}

/** A tenant would be told that another one has a value. `unique()` begins with the tenant by itself; an index does not. */
function refuseWideIndexes(table: TableDefinition): void {
  const tenant = table.roles.tenant?.columnName;
  for (const member of table.members) {
    if (member.kind !== 'index' || member.options.unique !== true || member.options.acrossTenants === true) continue;
    const columns = member.keys.map(({ key }) => (key instanceof ColumnReference ? key.columnName : undefined));
    if (columns.includes(tenant)) continue;
    throw invalid(
      table,
      'has a unique index that counts all tenants together',
      `begin the index with the tenant, or say { acrossTenants: true }`,
    );
  }
}

/** The engines check references past every policy, so only the key itself keeps them within a tenant. */
function refuseWideReference(table: TableDefinition, key: ForeignKey, tables: readonly TableDefinition[]): void {
  const target = tables.find((other) => sameName(other, key.references));
  const [near, far] = [table.roles.tenant, target?.roles.tenant];
  if (near === undefined || target === undefined || far === undefined) return;
  const place = key.columns.indexOf(near.columnName);
  if (place >= 0 && key.references.columns[place] === far.columnName) return;
  const columns = key.columns.map((column) => `t.${keyOf(table, column)}`).join(', ');
  const targets = key.references.columns.map((column) => `${target.name}.${keyOf(target, column)}`).join(', ');
  throw invalid(
    table,
    `refers to ${displayName(target)} without the tenant, so a row could refer to another tenant’s`,
    `foreignKey([t.${near.key}, ${columns}], () => [${target.name}.${far.key}, ${targets}]), and there ` +
      `unique([t.${far.key}, ${key.references.columns.map((column) => `t.${keyOf(target, column)}`).join(', ')}])`,
  );
}

function refuseOwnNamespace(table: TableDefinition, by: 'namespace' | 'database'): void {
  if (by === 'database' || table.namespace === undefined) return;
  throw invalid(
    table,
    'names a namespace, so all tenants would have it in one place',
    'leave the namespace out: each tenant has its own',
  );
}

function keyOf(table: TableDefinition, columnName: string): string {
  return table.columns.find((column) => column.columnName === columnName)?.key ?? columnName;
}

function invalid(table: TableDefinition, reason: string, hint: string): RowhouseError {
  return new RowhouseError('SCHEMA_INVALID', `table ${displayName(table)} ${reason}`, {
    details: { table: displayName(table) },
    hint,
  });
}
