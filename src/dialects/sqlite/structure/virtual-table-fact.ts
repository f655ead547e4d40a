import type { Fact } from '../../../dialect/structure/fact.ts';
import type { Connection } from '../../../driver/connection.ts';
import type { SchemaRow } from '../inspect/read-rows.ts';
import { TokenReader } from '../inspect/token-reader.ts';
import { withoutTail } from '../rebuild/table-text.ts';
import { canonicalText } from './canonical-text.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** A table that a module keeps; its shadow tables come and go with it. */
export function virtualTableFact({ name, sql }: SchemaRow, columns: readonly string[] | undefined): Fact {
  const text = withoutTail(sql);
  return {
    kind: 'virtual table',
    id: virtualTableId(name),
    attributes: { name, definition: behindName(text) },
    requires: [],
    notes: { sql: text, ...(columns === undefined ? {} : { columns }) },
  };
}

/** What follows `create virtual table <name>`: the module and what it is told. */
function behindName(sql: string): string {
  const reader = new TokenReader(sql);
  reader.until('table');
  reader.next();
  reader.next();
  return canonicalText(sql.slice(reader.next().start));
}

export function virtualTableId(name: string): string {
  return `virtual table ${foldName(name)}`;
}

/** The columns that can be copied, by table; a table whose module is not at hand is not in the map. */
export async function readVirtualColumns(
  connection: Connection,
  tables: readonly SchemaRow[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const columns = await readVisibleColumns(connection, name);
    if (columns !== undefined) found.set(name, columns);
  }
  return found;
}

async function readVisibleColumns(connection: Connection, table: string): Promise<readonly string[] | undefined> {
  const sql = `select name from pragma_table_xinfo(?, 'main') where hidden = 0 order by cid`;
  try {
    return (await connection.run({ sql }, [table])).rows.map(([name]) => String(name));
  } catch {
    // Without its module SQLite cannot open the table. It stays what its text says.
    return undefined;
  }
}
