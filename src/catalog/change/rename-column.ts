import type { Catalog } from '../model/catalog.ts';
import { sameName, type ObjectName } from '../model/object-name.ts';
import { findColumn, type Table } from '../model/table.ts';
import type { View } from '../model/view.ts';
import { mapExpression, mapTableExpressions, renaming, renamingColumn } from './map-expressions.ts';
import { mentions } from './mentions.ts';
import { renameMember, replaceTable } from './replace.ts';

interface ColumnRename {
  readonly table: ObjectName;
  readonly column: string;
  readonly to: string;
}

/** The catalog with a column renamed wherever it is named: keys, constraints, indexes, references, views. */
export function renameColumn(catalog: Catalog, rename: ColumnRename): Catalog {
  const { table: name, column, to } = rename;
  const renamed = replaceTable(catalog, name, (table) => renameInTable(table, column, to));
  return {
    ...renamed,
    tables: renamed.tables.map((table) => renameInReferences(table, rename)),
    sequences: catalog.sequences.map((sequence) =>
      sequence.ownedBy?.column === column && sameName(sequence.ownedBy.table, name)
        ? { ...sequence, ownedBy: { ...sequence.ownedBy, column: to } }
        : sequence,
    ),
    views: catalog.views.map((view) => renameInView(view, rename, catalog)),
  };
}

function renameInTable(table: Table, column: string, to: string): Table {
  const follow = (name: string): string => (name === column ? to : name);
  const { primaryKey } = table;
  return mapTableExpressions(
    {
      ...table,
      columns: renameMember(table, 'column', table.columns, column, to),
      ...(primaryKey === undefined
        ? {}
        : { primaryKey: { ...primaryKey, columns: primaryKey.columns.map((name) => follow(name)) } }),
      uniques: table.uniques.map((unique) => ({ ...unique, columns: unique.columns.map((name) => follow(name)) })),
      foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: key.columns.map((name) => follow(name)) })),
      indexes: table.indexes.map((index) => ({
        ...index,
        keys: index.keys.map((key) => (key.column === undefined ? key : { ...key, column: follow(key.column) })),
        ...(index.include === undefined ? {} : { include: index.include.map((name) => follow(name)) }),
      })),
    },
    renamingColumn(column, to),
  );
}

function renameInReferences(table: Table, { table: target, column, to }: ColumnRename): Table {
  const foreignKeys = table.foreignKeys.map((key) =>
    sameName(key.references, target)
      ? {
          ...key,
          references: {
            ...key.references,
            columns: key.references.columns.map((name) => (name === column ? to : name)),
          },
        }
      : key,
  );
  return { ...table, foreignKeys };
}

/** A name without a table could be a column of any table that the view reads: only where one has it, it is this one. */
function renameInView(view: View, { table, column, to }: ColumnRename, { tables }: Catalog): View {
  const [owner, ...others] = tables.filter(
    (candidate) => findColumn(candidate, column) !== undefined && mentions(view.query, candidate.name),
  );
  if (owner === undefined || others.length > 0 || !sameName(owner, table) || owner.name === column) return view;
  return { ...view, query: mapExpression(view.query, renaming(column, to)) };
}
