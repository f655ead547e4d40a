import type { Connection } from '../../../driver/connection.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { sqliteErrors } from '../errors.ts';

/** A row of `sqlite_schema`: an object as it was written. */
export interface SchemaRow {
  readonly type: 'table' | 'index' | 'view' | 'trigger';
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** What the pragmas know of a table. */
export interface TableFacts {
  readonly kind: 'table' | 'view' | 'virtual' | 'shadow';
  readonly withoutRowid: boolean;
  readonly strict: boolean;
}

export interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | undefined;
  /** Its place in the primary key, from 1; 0 outside. */
  readonly key: number;
}

/** Everything that people made, in the order in which it was made. Indexes behind constraints have no text. */
export async function readSchema(connection: Connection): Promise<readonly SchemaRow[]> {
  const rows = await read(
    connection,
    `select type, name, tbl_name, sql from main.sqlite_schema
     where sql is not null and name not like 'sqlite\\_%' escape '\\' order by rowid`,
  );
  return rows.map(([type, name, table, sql]) => ({ type, name, table, sql }) as SchemaRow);
}

export async function readTableFacts(connection: Connection): Promise<ReadonlyMap<string, TableFacts>> {
  const rows = await read(connection, `select name, type, wr, strict from pragma_table_list where schema = 'main'`);
  return new Map(
    rows.map(([name, kind, wr, strict]) => [
      name as string,
      { kind, withoutRowid: wr === 1, strict: strict === 1 } as TableFacts,
    ]),
  );
}

/** The columns of all tables that have pages of their own: a virtual table's module may not be at hand. */
export async function readColumns(connection: Connection): Promise<ReadonlyMap<string, readonly ColumnRow[]>> {
  return columnsByTable(await read(connection, `${columnsQuery} and m.type = 'table' and m.rootpage > 0`));
}

/** The columns of all views; a view whose tables are gone has none. */
export async function readViewColumns(
  connection: Connection,
  views: readonly string[],
): Promise<ReadonlyMap<string, readonly ColumnRow[]>> {
  const all = await readUnlessBroken(connection, `${columnsQuery} and m.type = 'view'`, []);
  if (all !== undefined) return columnsByTable(all);
  const found: (readonly unknown[])[] = [];
  // One broken view fails the query for all of them.
  for (const view of views)
    found.push(...((await readUnlessBroken(connection, `${columnsQuery} and m.name = ?`, [view])) ?? []));
  return columnsByTable(found);
}

const columnsQuery = `select m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
  from main.sqlite_schema m, pragma_table_xinfo(m.name, 'main') c where m.type in ('table', 'view')`;

function columnsByTable(rows: readonly (readonly unknown[])[]): ReadonlyMap<string, readonly ColumnRow[]> {
  const tables = new Map<string, ColumnRow[]>();
  for (const [table, name, type, notNull, value, key] of rows) {
    const columns = tables.get(table as string) ?? [];
    columns.push({ name, type, notNull: notNull === 1, default: value ?? undefined, key } as ColumnRow);
    tables.set(table as string, columns);
  }
  return tables;
}

async function readUnlessBroken(
  connection: Connection,
  sql: string,
  values: readonly unknown[],
): Promise<readonly (readonly unknown[])[] | undefined> {
  try {
    return await read(connection, sql, values);
  } catch (error) {
    const translated = sqliteErrors.translate(error, { during: 'statement' });
    const isBroken =
      RowhouseError.has(translated, 'OBJECT_MISSING') || RowhouseError.has(translated, 'STATEMENT_FAILED');
    if (isBroken) return undefined;
    throw error;
  }
}

async function read(
  connection: Connection,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly (readonly unknown[])[]> {
  return (await connection.run({ sql }, values)).rows;
}
