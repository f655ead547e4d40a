import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { whyNot } from './fits.ts';
import { tableFeatures } from './table-features.ts';
import { translateType } from './translate-type.ts';
import type { Between, TranslatedTable } from './translation.ts';

/** Longest text in a key where the engine has no keys over text of any length. */
const keyTextLength = 255;

/**
 * The table as the target can have it. Its columns and its key must be possible; each other thing is tried on the
 * target's compiler and left out, with a note, where that refuses.
 */
export function translateTable(table: Table, between: Between): TranslatedTable {
  const notes: string[] = [];
  const columns: Column[] = [];
  for (const column of table.columns) {
    const type = columnType(column, table, between);
    if (type === undefined) return { kind: 'impossible', reason: `column ${column.name}: ${refusal(column, between)}` };
    if (type !== column.type) notes.push(`column ${column.name}: ${typeName(column.type)} became ${typeName(type)}`);
    columns.push({ name: column.name, type, nullable: column.nullable });
  }
  const base = baseTable(table, columns, between);
  const reason = whyNot(base, between.target.dialect, between.target.catalog);
  if (reason !== undefined) return { kind: 'impossible', reason };
  const built = addFeatures(base, table, between, notes);
  return { kind: 'translated', table: built, notes };
}

function baseTable(table: Table, columns: readonly Column[], { target, sameEngine }: Between): Table {
  const { namespace, name, primaryKey } = table;
  const keepsNamespace = namespace !== undefined && target.dialect.traits.namespaces;
  return {
    ...(keepsNamespace ? { namespace } : {}),
    name,
    columns,
    ...(primaryKey === undefined ? {} : { primaryKey: sameEngine ? primaryKey : { columns: primaryKey.columns } }),
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
  };
}

function addFeatures(base: Table, table: Table, between: Between, notes: string[]): Table {
  const { dialect, catalog } = between.target;
  let built = base;
  for (const { what, ways, note } of tableFeatures(table, base, between)) {
    const before = built;
    const place = ways.findIndex((way) => whyNot(way(before), dialect, catalog) === undefined);
    built = ways[place]?.(before) ?? before;
    if (place < 0) notes.push(`${what} is left out`);
    else if (place > 0) notes.push(`${what} is kept in a simpler form`);
    else if (note !== undefined) notes.push(note);
  }
  return built;
}

function columnType(column: Column, table: Table, between: Between): ColumnType | undefined {
  const { source, target, sameEngine } = between;
  const translated = translateType(column.type, target.dialect.types, sameEngine);
  const type = translated?.kind === 'enum' ? withoutNamespace(translated, between) : translated;
  if (type?.kind !== 'text' || !isInKey(column.name, table, source.catalog.tables)) return type;
  const probe = { ...column, type, nullable: false };
  const lone = baseTable({ ...table, primaryKey: { columns: [column.name] } }, [probe], {
    ...between,
    sameEngine: false,
  });
  return whyNot(lone, target.dialect, target.catalog) === undefined ? type : { kind: 'varchar', length: keyTextLength };
}

function withoutNamespace(type: Extract<ColumnType, { kind: 'enum' }>, { target }: Between): ColumnType {
  return target.dialect.traits.namespaces || type.namespace === undefined ? type : { kind: 'enum', name: type.name };
}

/** Is the column part of a primary key, or does it refer to one? */
function isInKey(column: string, table: Table, tables: readonly Table[]): boolean {
  if (table.primaryKey?.columns.includes(column) === true) return true;
  if (table.foreignKeys.some(({ columns }) => columns.includes(column))) return true;
  return tables.some(({ foreignKeys }) =>
    foreignKeys.some(({ references }) => references.name === table.name && references.columns.includes(column)),
  );
}

function refusal({ type }: Column, { target }: Between): string {
  return target.dialect.types.unsupported(type) ?? `${typeName(type)} has no like on the target`;
}

function typeName(type: ColumnType): string {
  switch (type.kind) {
    case 'native':
      return type.type;
    case 'array':
      return `array of ${typeName(type.of)}`;
    case 'enum':
      return `enum ${type.name}`;
    case 'varchar':
    case 'char':
      return `${type.kind}(${type.length})`;
    case 'decimal':
      return type.precision === undefined ? 'decimal' : `decimal(${type.precision},${type.scale ?? 0})`;
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'json':
    case 'vector':
      return type.kind;
  }
}
