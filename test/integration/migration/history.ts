import { catalogOf } from '../../../src/schema/schema.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { now } from '../../../src/schema/column/defaults.ts';
import { bigint, boolean, decimal, integer, text, timestamptz } from '../../../src/schema/column/types.ts';
import { check, index } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { revisionChecksum } from '../../../src/migration/revision/checksum.ts';
import type { LoadedRevision, Revision } from '../../../src/migration/revision/revision.ts';
import { sql } from '../../../src/sql/sql.ts';

const authors = table('author', {
  id: bigint().identity().primaryKey(),
  name: text({ max: 50 }).unique(),
  active: boolean().default(true),
});

const books = table(
  'book',
  {
    id: integer().primaryKey(),
    title: text({ max: 200 }).default('untitled'),
    authorId: bigint().references(() => authors.id, { onDelete: 'cascade' }),
    price: decimal({ precision: 10, scale: 2 }).null(),
    publishedAt: timestamptz().default(now()),
  },
  (t) => [check('book_price_positive', sql`${t.price} >= 0`), index(t.title)],
);

/** Three revisions in a row that use what every engine can change. */
export const bookshop: readonly LoadedRevision[] = [
  revision('r1', [], createCatalog(catalogOf({ authors, books }))),
  revision(
    'r2',
    ['r1'],
    [
      addColumn('author', 'motto'),
      {
        kind: 'create-index',
        table: { name: 'author' },
        index: { name: 'author_motto_idx', keys: [{ column: 'motto' }], unique: false },
      },
    ],
  ),
  revision('r3', ['r2'], [createTable('shelf'), createTable('drawer'), addColumn('shelf', 'label')]),
];

/** A revision as if it had been read from a file. */
export function revision(
  id: string,
  parents: readonly string[],
  up: readonly Change[],
  more: Partial<Revision> = {},
): LoadedRevision {
  const made: Revision = { id, parents, message: `message of ${id}`, up, ...more };
  return { ...made, file: `${id}.ts`, checksum: revisionChecksum(made) };
}

/** A table of an id alone. */
export function createTable(name: string): Change {
  const column = { name: 'id', type: { kind: 'integer' }, nullable: false } as const;
  return {
    kind: 'create-table',
    table: {
      name,
      columns: [column],
      primaryKey: { name: `${name}_pkey`, columns: ['id'] },
      uniques: [],
      foreignKeys: [],
      checks: [],
      indexes: [],
    },
  };
}

/** A column of text that may be null. */
export function addColumn(name: string, column: string): Change {
  const type = { kind: 'varchar', length: 40 } as const;
  return { kind: 'add-column', table: { name }, column: { name: column, type, nullable: true } };
}

/** SQL by hand that every engine understands. */
export function rawSql(up: string, down: string): Change {
  return { kind: 'raw-sql', up: { any: up }, down: { any: down } };
}
