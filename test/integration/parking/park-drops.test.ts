import { expect, test } from 'vitest';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { diffCatalogs } from '../../../src/catalog/diff/diff-catalogs.ts';
import { parkDrops } from '../../../src/migration/parking/park-drops.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { enumType, integer, text } from '../../../src/schema/column/types.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import { index } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { revision } from '../migration/history.ts';
import { openBench } from '../migration/open-bench.ts';

const mood = enumType('mood', ['glad', 'sad']);

const authors = table('author', { id: integer().primaryKey(), name: text({ max: 40 }).unique(), mood: mood() });

const books = table(
  'book',
  {
    id: integer().primaryKey(),
    title: text({ max: 40 }),
    mood: mood(),
    authorId: integer().references(() => authors.id),
    subtitle: text({ max: 40 }),
  },
  (t) => [index(t.subtitle)],
);

const fewer = table('book', { id: integer().primaryKey(), title: text({ max: 40 }) });

const before = catalogOf({ authors, books });
const drops = ['table author', 'column book.mood', 'column book.author_id', 'column book.subtitle'];
const dropped = diffCatalogs(before, catalogOf({ books: fewer }), { renames: [], drops });
const parked = parkDrops(dropped, before);

test('every drop of rows is turned into parking, and what parked columns need stays', () => {
  const kinds = parked.map(({ kind }) => kind);

  expect(kinds.filter((kind) => /^drop-(?:table|column|enum)$/.test(kind))).toEqual([]);
  expect(kinds.filter((kind) => kind === 'park-column')).toHaveLength(3);
  expect(kinds.filter((kind) => kind === 'park-table')).toHaveLength(1);
});

describeEachServer('a revision that drops a table, what refers to it and an enum', (server) => {
  test('is taken back with all rows, keys and indexes', async () => {
    await using temporary = await server.database();
    const history = [revision('r1', [], createCatalog(before)), revision('r2', ['r1'], parked)];
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context, 'r1');
    const made = await bench.inspect();
    await bench.database.execute(sql`insert into author (id, name, mood) values (1, 'Ada', 'glad')`);
    await bench.database.execute(
      sql`insert into book (id, title, mood, author_id, subtitle) values (1, 'Notes', 'sad', 1, 'on engines')`,
    );

    await upgrade(bench.context);
    const columns = (await bench.inspect()).tables.flatMap((found) => found.columns.map(({ name }) => name));
    await downgrade(bench.context);

    expect(columns).toEqual(['id', 'title']);
    const rows = await bench.database.query(
      sql`select b.title, b.mood, b.subtitle, a.name from book b join author a on a.id = b.author_id`,
    );
    expect(rows).toEqual([{ title: 'Notes', mood: 'sad', subtitle: 'on engines', name: 'Ada' }]);
    const after = await bench.inspect();
    for (const part of ['foreignKeys', 'uniques', 'indexes'] as const)
      expect(after.tables.map((found) => found[part])).toEqual(made.tables.map((found) => found[part]));
  });
});
