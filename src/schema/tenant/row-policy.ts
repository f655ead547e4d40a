import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { RawObject } from '../../catalog/model/raw-object.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { derivedName } from '../../util/names.ts';
import { doubleQuoted } from '../managed/sql-text.ts';
import type { DefinedColumn, TableDefinition } from '../table/table.ts';

/**
 * What keeps the rows of a table's tenants apart in the database itself, on PostgreSQL: a policy that compares with the
 * tenant of the transaction, then the switch that makes policies count, for the table's owner too. Nothing for a table
 * without tenants.
 */
export function rowPolicies({ name, namespace, roles }: TableDefinition): readonly RawObject[] {
  const { tenant } = roles;
  if (tenant === undefined) return [];
  const table = namespace === undefined ? { name } : { namespace, name };
  const policy = derivedName(name, 'tenant');
  return [createPolicy(policy, table, tenant), switchOn(table, policy)];
}

/** No tenant is no row: a setting that was never made is null, and one that ended with its transaction is empty. */
function createPolicy(name: string, table: ObjectName, tenant: DefinedColumn): RawObject {
  const column = doubleQuoted({ name: tenant.columnName });
  const bound = `(select nullif(current_setting('rowhouse.tenant', true), '')${castOf(tenant, table)})`;
  const all = "(select current_setting('rowhouse.unscoped', true)) = 'on'";
  return {
    type: 'policy',
    ...inNamespaceOf(table, name),
    table: table.name,
    create: onlyPostgres(
      `create policy ${doubleQuoted({ name })} on ${doubleQuoted(table)} using (${column} = ${bound} or ${all})`,
    ),
    drop: onlyPostgres(`drop policy ${doubleQuoted({ name })} on ${doubleQuoted(table)}`),
    stage: 'after-tables',
  };
}

/** After its policy: a table that is switched on before hides every row from the code that is running. */
function switchOn(table: ObjectName, policy: string): RawObject {
  const alter = `alter table ${doubleQuoted(table)}`;
  return {
    type: 'row security',
    ...inNamespaceOf(table, derivedName(table.name, 'row_security')),
    table: table.name,
    create: onlyPostgres(`${alter} enable row level security, force row level security`),
    drop: onlyPostgres(`${alter} disable row level security, no force row level security`),
    requires: [inNamespaceOf(table, policy)],
    stage: 'after-tables',
  };
}

/** Elsewhere there is nothing to make. */
function onlyPostgres(text: string): RawObject['create'] {
  return { postgresql: text, any: '' };
}

function inNamespaceOf({ namespace }: ObjectName, name: string): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}

/** The setting is text; the column's own type keeps its index useful. */
function castOf({ builder, key }: DefinedColumn, table: ObjectName): string {
  const { type } = builder.definition;
  const cast = castByKind[type.kind];
  if (cast !== undefined) return cast;
  throw new RowhouseError('SCHEMA_INVALID', `${table.name}.${key}: a tenant cannot be named by a ${type.kind}`, {
    details: { table: table.name, column: key },
    hint: 'take a uuid, a whole number or text',
  });
}

const castByKind: Readonly<Partial<Record<ColumnType['kind'], string>>> = {
  uuid: '::uuid',
  smallint: '::smallint',
  integer: '::integer',
  bigint: '::bigint',
  text: '',
  varchar: '',
  char: '',
};
