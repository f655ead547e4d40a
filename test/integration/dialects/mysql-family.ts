import { applyChange } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { emptyCatalog, type Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import type { Connection } from '../../../src/driver/connection.ts';
import { connectorFor } from '../database/open-url.ts';

/** A connection with the dialect of its server. */
export interface OpenServer extends AsyncDisposable {
  readonly connection: Connection;
  readonly dialect: Dialect;
  /** Runs SQL and gives its rows. */
  rows(sql: string, values?: readonly unknown[]): Promise<readonly (readonly unknown[])[]>;
  /** Compiles and runs changes, asks each probe, and gives the catalog after them. */
  make(changes: readonly Change[], before?: Catalog): Promise<Catalog>;
  inspect(): Promise<Catalog>;
}

export async function open({ url }: { readonly url: string }): Promise<OpenServer> {
  const { engine, driver, target } = await connectorFor(url);
  const connection = await driver.connect(target);
  const dialect = await engine.dialect(connection);
  return {
    connection,
    dialect,
    rows: async (sql, values = []) => (await connection.run({ sql }, values)).rows,
    make: async (changes, before = emptyCatalog) => await make(connection, dialect, changes, before),
    inspect: async () => await dialect.inspector.inspect(connection),
    [Symbol.asyncDispose]: async () => await connection.close(),
  };
}

async function make(
  connection: Connection,
  dialect: Dialect,
  changes: readonly Change[],
  before: Catalog,
): Promise<Catalog> {
  let catalog = before;
  for (const change of changes) {
    for (const { sql, done } of dialect.definition.compile(change, catalog)) {
      await connection.run({ sql }, []);
      if (done !== undefined && !(await dialect.inspector.holds(connection, done))) throw new Error(`not done: ${sql}`);
    }
    catalog = applyChange(change, catalog);
  }
  return catalog;
}

export function column(name: string, type: ColumnType, more: Partial<Column> = {}): Column {
  return { name, type, nullable: false, ...more };
}

/** A table with an integer key `id` and what is given. */
export function tableOf(name: string, columns: readonly Column[], more: Partial<Table> = {}): Table {
  return {
    name,
    columns: [column('id', { kind: 'integer' }), ...columns],
    primaryKey: { columns: ['id'] },
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
    ...more,
  };
}

export function create(...tables: readonly Table[]): readonly Change[] {
  return tables.map((table) => ({ kind: 'create-table', table }));
}
