import type { Change } from '../change/change.ts';
import { createTables } from '../change/create-catalog.ts';
import { tableFinder, type Catalog } from '../model/catalog.ts';
import { cutFinder } from './cut-foreign-keys.ts';
import { diffTable, type TableDiff } from './diff-table.ts';
import { compareObjects, nameOf } from './members.ts';

/** What differs in tables, by when it happens. */
export interface TablesDiff extends TableDiff {
  readonly droppedTables: readonly Change[];
  readonly createdTables: readonly Change[];
}

/** The changes of all tables. Foreign keys go first and come last, so that tables can go and come in any order. */
export function diffTables(from: Catalog, to: Catalog): TablesDiff {
  const { gone, fresh } = compareObjects(from.tables, to.tables);
  const find = tableFinder(from);
  const isCut = cutFinder(from, to);
  const kept = to.tables.flatMap((table) => {
    const before = find(table);
    return before === undefined ? [] : [diffTable(before, table, isCut)];
  });
  const created = createTables(fresh);
  const all = (part: keyof TableDiff): readonly Change[] => kept.flatMap((diff) => diff[part]);
  return {
    droppedForeignKeys: [
      ...gone.flatMap((table) =>
        table.foreignKeys.map(({ name }): Change => ({ kind: 'drop-foreign-key', table: nameOf(table), name })),
      ),
      ...all('droppedForeignKeys'),
    ],
    drops: all('drops'),
    columns: all('columns'),
    members: all('members'),
    foreignKeys: [...all('foreignKeys'), ...created.filter(({ kind }) => kind === 'add-foreign-key')],
    droppedColumns: all('droppedColumns'),
    droppedTables: gone.map((table): Change => ({ kind: 'drop-table', table: nameOf(table) })),
    createdTables: created.filter(({ kind }) => kind === 'create-table'),
  };
}
