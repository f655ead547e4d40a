import type { Database } from '../../database/database.ts';
import type { TenantGap, TenantTable } from '../../dialect/tenant-tables.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { catalogOf, type SchemaModule } from '../../schema/schema.ts';
import { definition, isTable } from '../../schema/table/table.ts';
import { rowPolicies } from '../../schema/tenant/row-policy.ts';

/** What the tables of tenants lack in the database of what keeps tenants apart there. Asks one question and only reads. */
export async function findTenantGaps(
  database: Pick<Database, 'pinned'>,
  schema: SchemaModule,
): Promise<readonly TenantGap[]> {
  const tables = tenantTables(schema);
  if (tables.length === 0) return [];
  return await database.pinned(async ({ dialect, connection }) => {
    try {
      return await dialect.tenantGaps(connection, tables);
    } catch (error) {
      throw error instanceof RowhouseError ? error : dialect.errors.translate(error, { during: 'statement' });
    }
  });
}

function tenantTables(schema: SchemaModule): readonly TenantTable[] {
  const { raw } = catalogOf(schema);
  const tables = Object.values(schema).filter(isTable);
  return [...new Set(tables.map((table) => table[definition]))].flatMap((described) => {
    const { name, namespace, roles } = described;
    if (roles.tenant === undefined) return [];
    const ofTable = raw.filter((object) => object.table === name && object.namespace === namespace);
    return [
      {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        column: roles.tenant.columnName,
        fences: rowPolicies(described),
        policies: ofTable.filter(({ type }) => type === 'policy').map((policy) => policy.name),
      },
    ];
  });
}
