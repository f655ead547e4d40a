import { sortByName, type Catalog } from '../../../catalog/model/catalog.ts';
import { withoutParked } from '../../../catalog/model/parked.ts';
import type { EnumType } from '../../../catalog/model/enum-type.ts';
import type { RawObject } from '../../../catalog/model/raw-object.ts';
import type { Sequence } from '../../../catalog/model/sequence.ts';
import type { InspectOptions } from '../../../dialect/inspector.ts';
import type { Connection } from '../../../driver/connection.ts';
import type { Flavor } from '../flavor.ts';
import { foreignKeyColumnsQuery, foreignKeyRulesQuery, tablesQuery, type CatalogQueries } from './catalog-queries.ts';
import { inspectRawTable, inspectRoutines } from './raw-objects.ts';
import { byTable, readRows, type Row } from './rows.ts';
import { inspectSequence } from './sequences.ts';
import { inspectTable, type InspectedTable } from './table.ts';
import { inspectViews } from './views.ts';
import { refuse } from '../refuse.ts';

/** Reads the current database in six queries, and one more for each view, sequence and raw object. */
export async function readCatalog(
  connection: Connection,
  options: InspectOptions,
  flavor: Flavor,
  queries: CatalogQueries,
): Promise<Catalog> {
  for (const name of options.namespaces ?? [])
    throw refuse({ name }, undefined, 'there are no namespaces inside a database', 'inspect one database at a time');
  const excluded = new Set(options.exclude);
  const all = await readRows(connection, tablesQuery);
  const tables = all.filter(([name = '']) => !excluded.has(name));
  const columns = byTable(await readRows(connection, queries.columns));
  const plain = await inspectTables(connection, tables, columns, flavor, queries);
  const viewColumns = new Map(tables.filter(isView).map(([name = '']) => [name, columns.get(name) ?? []]));
  const views = await inspectViews(connection, viewColumns, flavor, queries);
  const routines = await inspectRoutines(connection, flavor, (table) => excluded.has(table));
  return withoutParked({
    namespaces: [],
    enums: sortByName([...plain.tables.flatMap(({ enums }) => enums), ...views.enums] satisfies EnumType[]),
    sequences: await inspectSequences(connection, tables),
    tables: sortByName(plain.tables.map(({ table }) => table)),
    views: views.views,
    raw: inStages([...plain.raw, ...views.raw, ...routines]),
  });
}

interface InspectedTables {
  readonly tables: readonly InspectedTable[];
  readonly raw: readonly RawObject[];
}

async function inspectTables(
  connection: Connection,
  tables: readonly Row[],
  columns: ReadonlyMap<string, readonly Row[]>,
  flavor: Flavor,
  queries: CatalogQueries,
): Promise<InspectedTables> {
  const indexes = byTable(await readRows(connection, queries.indexes));
  const checks = byTable(await readRows(connection, queries.checks));
  const foreignKeys = byTable(await readRows(connection, foreignKeyColumnsQuery));
  const rules = byTable(await readRows(connection, foreignKeyRulesQuery));
  const found: InspectedTable[] = [];
  const raw: RawObject[] = [];
  for (const table of tables.filter((row) => !isView(row) && !isSequence(row))) {
    const [name = ''] = table;
    const of = (rows: ReadonlyMap<string, readonly Row[]>): readonly Row[] => rows.get(name) ?? [];
    if (isModelled(table, of(indexes))) {
      const rows = {
        table,
        columns: of(columns),
        indexes: of(indexes),
        checks: of(checks),
        foreignKeys: of(foreignKeys),
        rules: of(rules),
      };
      found.push(inspectTable(rows, flavor, queries));
    } else {
      raw.push(await inspectRawTable(connection, flavor, name));
    }
  }
  return { tables: found, raw };
}

async function inspectSequences(connection: Connection, tables: readonly Row[]): Promise<readonly Sequence[]> {
  const sequences: Sequence[] = [];
  for (const [name = ''] of tables.filter(isSequence)) sequences.push(await inspectSequence(connection, name));
  return sortByName(sequences);
}

function isView([, type]: Row): boolean {
  return type === 'VIEW';
}

function isSequence([, type]: Row): boolean {
  return type === 'SEQUENCE';
}

/** Partitions, system versions and a primary key over prefixes or downwards have no place in the catalog. */
function isModelled([, type, , , options = '']: Row, indexes: readonly Row[]): boolean {
  const isPlainKey = indexes.every(
    ([, index, , , order, prefix]) => index !== 'PRIMARY' || (order !== 'D' && prefix === undefined),
  );
  return type === 'BASE TABLE' && !/\bpartitioned\b/i.test(options) && isPlainKey;
}

function inStages(objects: readonly RawObject[]): readonly RawObject[] {
  const sorted = sortByName(objects);
  return [
    ...sorted.filter(({ stage }) => stage === 'before-tables'),
    ...sorted.filter(({ stage }) => stage === 'after-tables'),
  ];
}
