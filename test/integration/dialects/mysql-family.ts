import { applyChange } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { emptyCatalog, type Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import { openConnection, type OpenConnection } from './open-connection.ts';

/** A connection to a server of the MySQL family, with shorthands. */
export interface OpenServer extends OpenConnection {
  /** Runs SQL and gives its rows. */
  rows(sql: string, values?: readonly unknown[]): Promise<readonly (readonly unknown[])[]>;
  /** Compiles and runs changes, asks each probe, and gives the catalog after them. */
  make(changes: readonly Change[], before?: Catalog): Promise<Catalog>;
  inspect(): Promise<Catalog>;
}

export async function open({ url }: { readonly url: string }): Promise<OpenServer> {
  const opened = await openConnection(url);
  const { connection, dialect } = opened;
  return {
    ...opened,
    rows: async (sql, values = []) => (await connection.run({ sql }, values)).rows,
    make: async (changes, before = emptyCatalog) => await make(opened, changes, before),
    inspect: async () => await dialect.inspector.inspect(connection),
  };
}

async function make(
  { connection, dialect }: OpenConnection,
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

/** A column that is not null unless `more` says so. */
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
