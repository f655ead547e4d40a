import { displayName } from '../../catalog/model/object-name.ts';
import { withoutColumn, type TenantGap, type TenantTable } from '../../dialect/tenant-tables.ts';
import type { Connection } from '../../driver/connection.ts';

/** The columns of the tables: the engine keeps no rows apart by itself. */
export async function sqliteTenantGaps(
  connection: Connection,
  tables: readonly TenantTable[],
): Promise<readonly TenantGap[]> {
  const sql = `with wanted (place, name, tenant) as (values ${tables.map(() => '(?, ?, ?)').join(', ')})
    select wanted.place from wanted join sqlite_schema s on s.type = 'table' and s.name = wanted.name collate nocase
    where not exists (select 1 from pragma_table_xinfo(s.name) c where c.name = wanted.tenant collate nocase)`;
  const values = tables.flatMap(({ name, column }, place) => [place, name, column]);
  const { rows } = await connection.run({ sql }, values);
  const lacking = new Set(rows.map(([place]) => Number(place)));
  return tables.filter((_, place) => lacking.has(place)).map((table) => withoutColumn(table, displayName(table)));
}
