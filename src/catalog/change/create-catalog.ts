import { createReader, goesWithNeeds, needs, readersOf, type Reader } from '../diff/reader.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Table } from '../model/table.ts';
import type { Change } from './change.ts';

/**
 * The changes that make `catalog` from nothing: namespaces, types and sequences, tables, then what joins tables, then
 * what reads them, each after what it needs. Foreign keys come after all tables, so tables may refer to each other.
 */
export function createCatalog(catalog: Catalog): readonly Change[] {
  const beforeTables = catalog.raw.filter(({ stage }) => stage === 'before-tables');
  return [
    ...catalog.namespaces.map((name): Change => ({ kind: 'create-namespace', name })),
    ...catalog.enums.map((type): Change => ({ kind: 'create-enum', enum: type })),
    ...catalog.sequences.map((sequence): Change => ({ kind: 'create-sequence', sequence })),
    ...beforeTables.map((object): Change => ({ kind: 'create-raw', object })),
    ...createTables(catalog.tables),
    ...readersInOrder(catalog).map(createReader),
  ];
}

/**
 * Views, each after the routines and views that it needs, then everything else in the order of the catalog, which knows
 * more about such objects than their names say.
 */
function readersInOrder(catalog: Catalog): readonly Reader[] {
  const readers = readersOf(catalog);
  const movable = readers.filter((reader) => reader.kind === 'view' || !goesWithNeeds(reader));
  const [ordered, open] = [new Set<Reader>(), new Set<Reader>()];
  const visit = (reader: Reader): void => {
    if (open.has(reader)) return;
    open.add(reader);
    for (const other of movable) if (needs(reader, other)) visit(other);
    ordered.add(reader);
  };
  for (const reader of readers) if (reader.kind === 'view') visit(reader);
  const raw = catalog.raw.filter(({ stage }) => stage === 'after-tables');
  const made = new Set([...ordered].map((reader) => (reader.kind === 'raw' ? reader.object : reader.view)));
  const rest = raw.filter((object) => !made.has(object)).map((object): Reader => ({ kind: 'raw', object }));
  return [...ordered, ...rest];
}

/** The tables without their foreign keys, then the foreign keys. */
export function createTables(tables: readonly Table[]): readonly Change[] {
  return [
    ...tables.map((table): Change => ({ kind: 'create-table', table: { ...table, foreignKeys: [] } })),
    ...tables.flatMap(({ namespace, name, foreignKeys }) =>
      foreignKeys.map((foreignKey): Change => ({
        kind: 'add-foreign-key',
        table: namespace === undefined ? { name } : { namespace, name },
        foreignKey,
      })),
    ),
  ];
}
