import type { Catalog } from '../../catalog/model/catalog.ts';
import { displayName } from '../../catalog/model/object-name.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { compileSql } from '../../sql/compile-sql.ts';
import { id, join, sql } from '../../sql/sql.ts';
import { nameOf } from './fill-tables.ts';

/** The rows of one table, each a list of texts in the order of `columns`. */
export interface TableRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The rows of every table of the catalog, by the table's name. */
export async function dumpRows(session: PinnedSession, catalog: Catalog): Promise<ReadonlyMap<string, TableRows>> {
  const found = new Map<string, TableRows>();
  for (const table of catalog.tables) {
    const columns = table.columns.map(({ name }) => name);
    const names = join(columns.map((name) => sql`${id(name)}`));
    const query = compileSql(sql`select ${names} from ${nameOf(table)}`, session.dialect.text);
    const { rows } = await session.run({ sql: query.sql }, []);
    found.set(displayName(table), { columns, rows: rows.map((row) => row.map(cellText)) });
  }
  return found;
}

/** A text that is equal for equal cells, whatever the driver makes of them. */
function cellText(cell: unknown): string {
  if (cell instanceof Uint8Array) return `bytes ${Buffer.from(cell).toString('hex')}`;
  if (typeof cell === 'bigint') return String(cell);
  return JSON.stringify(cell);
}
