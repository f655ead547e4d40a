import { sortByName, type Catalog } from '../../../catalog/model/catalog.ts';
import { withoutParked } from '../../../catalog/model/parked.ts';
import type { InspectOptions } from '../../../dialect/inspector.ts';
import type { Connection } from '../../../driver/connection.ts';
import { declaredNames } from './names.ts';
import { parseTable } from './parse-table.ts';
import { buildRaw } from './raw.ts';
import {
  readColumns,
  readSchema,
  readTableFacts,
  readViewColumns,
  type ColumnRow,
  type SchemaRow,
  type TableFacts,
} from './read-rows.ts';
import { buildTable, type TableParts } from './table.ts';
import { buildView } from './view.ts';
import { refuse } from '../refuse.ts';

/**
 * Reads a SQLite database: four queries over pragmas and `sqlite_schema`, and the text of definitions for what no pragma
 * says. Comments do not exist in SQLite. Temporary and attached databases are not looked at.
 */
export async function readCatalog(connection: Connection, options: InspectOptions = {}): Promise<Catalog> {
  const [namespace] = options.namespaces ?? [];
  if (namespace !== undefined)
    throw refuse({ name: namespace }, undefined, 'sqlite has no namespaces', 'inspect the file itself');
  const facts = await readTableFacts(connection);
  const excluded = new Set(options.exclude);
  const rows = (await readSchema(connection)).filter(({ table }) => !excluded.has(table));
  const views = rows.filter((row) => row.type === 'view');
  const viewColumns = await readViewColumns(
    connection,
    views.map((view) => view.name),
  );
  const tables = tableParts(rows, facts, await readColumns(connection));
  const names = declaredNames(tables);
  const enumNames = new Set<string>();
  const built = tables.map((parts) => buildTable(parts, names, enumNames));
  return withoutParked({
    namespaces: [],
    enums: sortByName(built.flatMap(({ enums }) => enums)),
    sequences: [],
    tables: sortByName(built.map(({ table }) => table)),
    views: views.flatMap((view) =>
      viewColumns.has(view.name) ? [buildView(view, viewColumns.get(view.name) ?? [])] : [],
    ),
    raw: sortByName(rows.filter((row) => isRaw(row, facts, viewColumns)).map(buildRaw)),
  });
}

function tableParts(
  rows: readonly SchemaRow[],
  facts: ReadonlyMap<string, TableFacts>,
  columns: ReadonlyMap<string, readonly ColumnRow[]>,
): readonly TableParts[] {
  const indexes = Map.groupBy(
    rows.filter((row) => row.type === 'index'),
    (index) => index.table,
  );
  return rows.flatMap((row) => {
    const known = facts.get(row.name);
    if (row.type !== 'table' || known?.kind !== 'table') return [];
    return [
      {
        row,
        facts: known,
        columns: columns.get(row.name) ?? [],
        parsed: parseTable(row.sql),
        indexes: indexes.get(row.name) ?? [],
      },
    ];
  });
}

function isRaw(
  row: SchemaRow,
  facts: ReadonlyMap<string, TableFacts>,
  viewColumns: ReadonlyMap<string, readonly ColumnRow[]>,
): boolean {
  if (row.type === 'trigger') return true;
  if (row.type === 'view') return !viewColumns.has(row.name);
  return row.type === 'table' && facts.get(row.name)?.kind === 'virtual';
}
