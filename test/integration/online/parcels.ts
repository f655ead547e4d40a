import type { Change } from '../../../src/catalog/change/change.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import type { Database } from '../../../src/database/database.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { revision } from '../migration/history.ts';

export const parcel = { name: 'parcel' };

const depot: Table = {
  name: 'depot',
  columns: [{ name: 'id', type: { kind: 'integer' }, nullable: false }],
  primaryKey: { columns: ['id'] },
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
};

/** A table with an identity column, a foreign key, a unique key and a column that the server computes. */
const parcels: Table = {
  ...depot,
  ...parcel,
  columns: [
    { name: 'id', type: { kind: 'bigint' }, nullable: false, identity: { generation: 'by-default' } },
    { name: 'code', type: { kind: 'varchar', length: 20 }, nullable: false },
    { name: 'weight', type: { kind: 'integer' }, nullable: false },
    { name: 'state', type: { kind: 'enum', name: 'state' }, nullable: false },
    { name: 'depot', type: { kind: 'integer' }, nullable: true },
    { name: 'source', type: { kind: 'integer' }, nullable: true },
    {
      name: 'grams',
      type: { kind: 'bigint' },
      nullable: true,
      generated: { expression: textExpression('weight * 1000'), stored: true },
    },
  ],
  uniques: [{ name: 'parcel_code_key', columns: ['code'] }],
  foreignKeys: [
    {
      name: 'parcel_depot_fkey',
      columns: ['depot'],
      references: { name: 'depot', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'no-action',
    },
  ],
};

const states = ['new', 'sent', 'gone'];

const tables: readonly Change[] = [
  { kind: 'create-enum', enum: { name: 'state', values: states } },
  { kind: 'create-table', table: depot },
  { kind: 'create-table', table: parcels },
];

/** Changes of a table with rows for which both servers would keep writers waiting. */
export const changes: Readonly<Record<string, readonly Change[]>> = {
  'a type': [
    {
      kind: 'alter-column',
      table: parcel,
      column: { name: 'code', type: { kind: 'varchar', length: 12 }, nullable: false },
    },
  ],
  'values of an enum in another order': [{ kind: 'alter-enum', enum: { name: 'state', values: states.toReversed() } }],
  'a collation': [{ kind: 'set-table-options', table: parcel, options: { collation: 'utf8mb4_unicode_ci' } }],
  'a check': [
    { kind: 'add-check', table: parcel, check: { name: 'parcel_weighs', expression: textExpression('weight >= 0') } },
  ],
};

/** A change for which both servers would read every row. */
export const addSource: Change = {
  kind: 'add-foreign-key',
  table: parcel,
  foreignKey: {
    name: 'parcel_source_fkey',
    columns: ['source'],
    references: { name: 'depot', columns: ['id'] },
    onDelete: 'restrict',
    onUpdate: 'no-action',
  },
};

/** `r1` makes the tables, `r2` the change. */
export function parcelHistory(title: string): readonly LoadedRevision[] {
  return historyOf(title === 'a foreign key' ? [addSource] : (changes[title] ?? []));
}

/** `r1` makes the tables, `r2` these changes. */
export function historyOf(up: readonly Change[]): readonly LoadedRevision[] {
  return [revision('r1', [], tables), revision('r2', ['r1'], up)];
}

/** Parcels by number, the states in turn. */
export async function insertParcels(database: Database, count: number): Promise<void> {
  await database.run({ sql: 'insert into depot values (1), (2), (3)' }, []);
  await database.run(
    {
      sql: `insert into parcel (code, weight, state, depot)
  with recursive n as (select 0 as i union all select i + 1 from n where i < 199)
  select concat('c', a.i * 200 + b.i), b.i, elt(1 + b.i % 3, 'new', 'sent', 'gone'), 1 + b.i % 2
  from n a join n b where a.i * 200 + b.i < ${count}`,
    },
    [],
  );
}

/** What is in the table, whatever order it is stored in. */
export async function parcelRows(database: Database): Promise<readonly (readonly unknown[])[]> {
  const sql = 'select id, code, weight, concat(state), depot, grams from parcel order by id';
  return (await database.run({ sql }, [])).rows;
}

/** Tables and triggers that were there for the change alone. */
export async function leftovers(database: Database): Promise<readonly unknown[]> {
  const sql = `select table_name from information_schema.tables where table_schema = database() and left(table_name, 10) = '_rowhouse_'
union all select trigger_name from information_schema.triggers where trigger_schema = database()`;
  return (await database.run({ sql }, [])).rows.flat();
}
