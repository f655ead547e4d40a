import type { ReadStructureOptions } from '../../../dialect/structure-planner.ts';
import type { Fact, OpaqueObject, Structure } from '../../../dialect/structure/fact.ts';
import { withoutParked } from '../../../dialect/structure/without-parked.ts';
import type { Connection } from '../../../driver/connection.ts';
import { plainStrings } from '../inspect/plain-strings.ts';
import { readColumns, readSchema, readTableFacts, readViewColumns, type SchemaRow } from '../inspect/read-rows.ts';
import { tableShape } from '../rebuild/table-shape.ts';
import { withoutTail } from '../rebuild/table-text.ts';
import { canonicalText } from './canonical-text.ts';
import { indexFact } from './index-fact.ts';
import { requirements } from '../rebuild/mentions.ts';
import { tableFact, tableId } from './table-fact.ts';
import { triggerFact, triggerId } from './trigger-fact.ts';
import { viewFact, viewId } from './view-fact.ts';
import { readVirtualColumns, virtualTableFact, virtualTableId } from './virtual-table-fact.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** Reads a database: the text of each definition, which says everything, checked against what SQLite says of it. */
export async function readStructure(connection: Connection, options: ReadStructureOptions = {}): Promise<Structure> {
  const excluded = new Set(options.exclude?.map((name) => foldName(name)));
  const columns = await readColumns(connection);
  const read = await readSchema(connection);
  const known = namesIn(read, columns);
  const rows = read.filter(({ table }) => !excluded.has(foldName(table))).map((row) => withPlainStrings(row, known));
  const kinds = await readTableFacts(connection);
  const isKind = (row: SchemaRow, kind: string): boolean => row.type === 'table' && kinds.get(row.name)?.kind === kind;
  const tables = rows.filter((row) => isKind(row, 'table'));
  const virtual = rows.filter((row) => isKind(row, 'virtual'));
  const ofType = (type: SchemaRow['type']): readonly SchemaRow[] => rows.filter((row) => row.type === type);

  const opaque = tables.flatMap((row) => opaqueTable(row, columns.get(row.name)?.map(({ name }) => name) ?? []));
  const unread = new Set(opaque.map(({ id }) => id));
  const viewColumns = await readViewColumnNames(connection, ofType('view'));
  const broken = new Set(ofType('view').flatMap(({ name }) => (viewColumns.has(name) ? [] : [name])));
  const needs = requirementsOf(rows, { tables, virtual, broken });
  const virtualColumns = await readVirtualColumns(connection, virtual);
  const facts: readonly Fact[] = [
    ...tables.map((row) => (unread.has(tableId(row.name)) ? unreadTable(row) : tableFact(row.sql))),
    ...virtual.map((row) => virtualTableFact(row, virtualColumns.get(row.name))),
    ...ofType('index').map((row) => indexFact(row)),
    ...ofType('view').map((row) =>
      viewFact(row, { known, requires: needs.get(viewId(row.name)) ?? [], columns: viewColumns.get(row.name) }),
    ),
    ...ofType('trigger').map((row) =>
      triggerFact(row, parentOf(row, rows), known, needs.get(triggerId(row.name)) ?? []),
    ),
  ];
  return withoutParked({
    server: `sqlite ${connection.serverVersion}`,
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    opaque,
  });
}

function namesIn(rows: readonly SchemaRow[], columns: Awaited<ReturnType<typeof readColumns>>): ReadonlySet<string> {
  const relations = rows.filter(({ type }) => type === 'table' || type === 'view');
  return new Set([...relations, ...[...columns.values()].flat()].map(({ name }) => foldName(name)));
}

/** A view or a trigger can give names of its own, so its text stays as it is and is only compared so. */
function withPlainStrings(row: SchemaRow, known: ReadonlySet<string>): SchemaRow {
  const isPlain = row.type === 'index' || (row.type === 'table' && !/^create\s+virtual\b/i.test(row.sql));
  return isPlain ? { ...row, sql: plainStrings(row.sql, known) } : row;
}

interface Relations {
  readonly tables: readonly SchemaRow[];
  readonly virtual: readonly SchemaRow[];
  /** Views that cannot be read: any rename of a table fails while they are there, whatever they name. */
  readonly broken: ReadonlySet<string>;
}

function requirementsOf(
  rows: readonly SchemaRow[],
  { tables, virtual, broken }: Relations,
): ReadonlyMap<string, readonly string[]> {
  const views = rows.filter(({ type }) => type === 'view');
  const tableIds = tables.map(({ name }) => tableId(name));
  const ids = new Map([
    ...tables.map(({ name }) => [foldName(name), tableId(name)] as const),
    ...virtual.map(({ name }) => [foldName(name), virtualTableId(name)] as const),
    ...views.map(({ name }) => [foldName(name), viewId(name)] as const),
  ]);
  const objects = [
    ...views.map(({ name, sql }) => ({ id: viewId(name), sql })),
    ...rows.filter(({ type }) => type === 'trigger').map(({ name, sql }) => ({ id: triggerId(name), sql })),
  ];
  const found = requirements(objects, ids);
  const everywhere = new Map(
    [...broken].map((name) => [viewId(name), [...new Set([...(found.get(viewId(name)) ?? []), ...tableIds])]]),
  );
  return new Map([...found, ...everywhere]);
}

/** The names of the columns of each view that can be read. */
async function readViewColumnNames(
  connection: Connection,
  views: readonly SchemaRow[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const read = await readViewColumns(
    connection,
    views.map(({ name }) => name),
  );
  return new Map([...read].map(([view, columns]) => [view, columns.map(({ name }) => name)]));
}

function parentOf({ table }: SchemaRow, rows: readonly SchemaRow[]): string {
  const isView = rows.some(({ type, name }) => type === 'view' && foldName(name) === foldName(table));
  return isView ? viewId(table) : tableId(table);
}

/** Its text was read wrongly when the columns found in it are not those that SQLite reports. */
function opaqueTable(row: SchemaRow, reported: readonly string[]): readonly OpaqueObject[] {
  const found = readNames(row.sql);
  if (found !== undefined && found.join('\0') === reported.join('\0')) return [];
  return [{ id: tableId(row.name), reason: 'its definition could not be read' }];
}

function readNames(sql: string): readonly string[] | undefined {
  try {
    return tableShape(sql).columns.map(({ name }) => name);
  } catch {
    return undefined;
  }
}

/** Only whether it is the same text can be said of it. */
function unreadTable(row: SchemaRow): Fact {
  return {
    kind: 'table',
    id: tableId(row.name),
    attributes: { name: row.name, text: canonicalText(row.sql) },
    requires: [],
    notes: { sql: withoutTail(row.sql), unread: true },
  };
}
