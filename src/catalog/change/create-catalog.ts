import { createReader, readersOf } from '../diff/reader.ts';
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
    ...readersOf(catalog).map(createReader),
  ];
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
