import type { Change } from '../../../src/catalog/change/change.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { addColumn, createTable, rawSql, revision } from '../../integration/migration/history.ts';

/** How indexes are made and dropped in a history. */
interface IndexChanges {
  create(table: string, name: string, columns: readonly string[]): Change;
  drop(table: string, name: string): Change;
}

/** Where indexes are built concurrently, revisions have parts outside of every transaction. */
const concurrently: IndexChanges = {
  create: (table, name, columns) =>
    rawSql(`create index concurrently ${name} on ${table} (${columns.join(', ')})`, `drop index concurrently ${name}`),
  drop: (_table, name) => rawSql(`drop index concurrently ${name}`, 'select 1'),
};

const plainly: IndexChanges = {
  create: (table, name, columns) => ({
    kind: 'create-index',
    table: { name: table },
    index: { name, keys: columns.map((column) => ({ column })), unique: false },
  }),
  drop: (table, name) => ({ kind: 'drop-index', table: { name: table }, name }),
};

/** Five revisions of 30 statements. Each revision also writes a row, so that one that ran twice or not at all is seen. */
export function longHistory(options: { readonly concurrentIndexes: boolean }): readonly LoadedRevision[] {
  const index = options.concurrentIndexes ? concurrently : plainly;
  const steps: readonly (readonly Change[])[] = [
    [createTable('mark'), createTable('author'), addColumn('author', 'name'), mark(1), createTable('book')],
    [
      addColumn('book', 'title'),
      index.create('book', 'book_title_idx', ['title']),
      mark(2),
      addColumn('book', 'isbn'),
      addColumn('book', 'note'),
      index.create('book', 'book_isbn_idx', ['isbn', 'title']),
    ],
    [
      createTable('shelf'),
      createTable('drawer'),
      mark(3),
      index.drop('book', 'book_title_idx'),
      index.create('book', 'book_title_idx', ['title', 'id']),
      addColumn('shelf', 'label'),
    ],
    [
      { kind: 'drop-column', table: { name: 'book' }, column: 'note' },
      { kind: 'drop-table', table: { name: 'drawer' } },
      createTable('box'),
      addColumn('box', 'label'),
      mark(4),
      index.create('box', 'box_label_idx', ['label']),
    ],
    [
      mark(5),
      addColumn('box', 'colour'),
      addColumn('shelf', 'colour'),
      index.create('shelf', 'shelf_colour_idx', ['colour']),
      index.drop('box', 'box_label_idx'),
      createTable('room'),
      addColumn('room', 'name'),
    ],
  ];
  return steps.map((up, position) => revision(`r${position + 1}`, position === 0 ? [] : [`r${position}`], up));
}

function mark(number: number): Change {
  return rawSql(`insert into mark (id) values (${number})`, `delete from mark where id = ${number}`);
}
