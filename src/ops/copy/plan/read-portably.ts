import { findTable } from '../../../catalog/model/catalog.ts';
import type { Column } from '../../../catalog/model/column.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import type { Side } from '../translate/translation.ts';

/** The source with each of its engine's own types replaced by one of ours that reads the same cells, where there is one. */
export function readPortably(source: Side, target: Side): Side {
  if (source.dialect.name === target.dialect.name) return source;
  const tables = source.catalog.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => readColumn(column, source)),
  }));
  return { ...source, catalog: { ...source.catalog, tables } };
}

/** What `readPortably` changed in a table. */
export function portableNotes({ catalog }: Side, read: Table): readonly string[] {
  const original = findTable(catalog, read);
  return (original?.columns ?? []).flatMap(({ name, type }) => {
    const now = findColumn(read, name)?.type;
    if (type.kind !== 'native' || now === undefined || now.kind === 'native') return [];
    return [`column ${name}: ${type.type} became ${now.kind}`];
  });
}

function readColumn(column: Column, { dialect }: Side): Column {
  if (column.type.kind !== 'native') return column;
  const type = dialect.types.portable?.(column.type);
  return type === undefined ? column : { ...column, type };
}
