import { displayName } from '../../catalog/model/object-name.ts';
import { withoutColumn, type TenantGap, type TenantTable } from '../../dialect/tenant-tables.ts';
import type { Connection } from '../../driver/connection.ts';

/** The columns of the tables: the engine keeps no rows apart by itself. It shows an account what it has rights on. */
export async function mysqlTenantGaps(
  connection: Connection,
  tables: readonly TenantTable[],
): Promise<readonly TenantGap[]> {
  const wanted = tables.map(() => 'select ? as place, ? as name, ? as tenant').join(' union all ');
  const sql = `select wanted.place, max(c.column_name = wanted.tenant) from (${wanted}) wanted
    join information_schema.columns c on c.table_schema = database() and c.table_name = wanted.name
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
      and t.table_type = 'BASE TABLE' group by wanted.place`;
  const values = tables.flatMap(({ name, column }, place) => [place, name, column]);
  const { rows } = await connection.run({ sql }, values);
  const lacking = new Set(rows.filter(([, has]) => Number(has) === 0).map(([place]) => Number(place)));
  return tables.filter((_, place) => lacking.has(place)).map((table) => withoutColumn(table, displayName(table)));
}
