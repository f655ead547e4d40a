import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import type { ColumnBuilder } from '../../../src/schema/column/column-builder.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { table } from '../../../src/schema/table/table.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';

const width = 130;
const wideColumns = Object.fromEntries(
  Array.from({ length: width }, (_, place): [string, ColumnBuilder<number | null, 'optional'>] => [
    `c${place}`,
    integer().null(),
  ]),
);
const shelves = table('shelf', { id: integer().primaryKey() });
const wides = table('wide', {
  id: integer().primaryKey(),
  shelfId: integer().references(() => shelves.id),
  ...wideColumns,
});
const leaves = table('leaf', {
  id: integer().primaryKey(),
  wideId: integer().references(() => wides.id),
  body: text(),
});
const schema = { shelves, wides, leaves };
const library = relations(schema, (r) => ({
  shelves: { wides: r.many.wides() },
  wides: { shelf: r.one.shelves(), leaves: r.many.leaves() },
}));

describeEachServer('related rows of any size', (server) => {
  let database: ServiceDatabase;
  const body = 'x'.repeat(100_000);

  beforeAll(async () => {
    database = await openSchema(server, schema);
    await database.repository(shelves).insertMany([{ id: 1 }]);
    const cells = Object.fromEntries(Array.from({ length: width }, (_, place) => [`c${place}`, place]));
    await database.repository(wides).insertMany([
      { id: 1, shelfId: 1, ...cells },
      { id: 2, shelfId: 1 },
    ]);
    await database
      .repository(leaves)
      .insertMany(Array.from({ length: 30 }, (_, place) => ({ id: place, wideId: 1, body })));
    return async () => await database.close();
  });

  test('come whole from a table wider than a function of the engine takes arguments', async () => {
    const [shelf] = await database.repository(library.shelves).list({
      include: {
        wides: { order: ['-id'], include: { shelf: true, leaves: { where: { id: { lt: 2 } }, order: ['-id'] } } },
      },
    });
    const top = await database.repository(wides).list({ order: ['-id'] });

    expect(shelf?.wides).toMatchObject(top);
    expect(shelf?.wides).toHaveLength(2);
    expect(shelf?.wides.map((wide) => wide.leaves.map(({ id }) => id))).toEqual([[], [1, 0]]);
    expect(shelf?.wides.map((wide) => wide.shelf.id)).toEqual([1, 1]);
    expect(top[1]).toMatchObject({ c0: 0, c49: 49, c50: 50, c129: 129 });
  });

  test('come whole when they are 3 MB of one row', async () => {
    const wide = await database.repository(library.wides).get(1, { include: { leaves: { order: ['id'] } } });

    expect(wide.leaves.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, place) => place));
    expect(wide.leaves.every((leaf) => leaf.body === body)).toBe(true);
  });

  test('come whole or not at all when they are more than a server puts into one value', async () => {
    // Here a value ends at 16 MB on one engine and at 64 MB on another; the others have no such bound.
    const isBounded = server.engine === 'mysql' || server.engine === 'mariadb';
    const much = 'y'.repeat(1_000_000);
    for (let id = 100; id < 180; id += 1) await database.repository(leaves).insert({ id, wideId: 2, body: much });
    const outcome = async (read: Promise<unknown>): Promise<unknown> =>
      await read.then(
        (found) => (JSON.stringify(found).length > 80_000_000 ? 'whole' : 'less'),
        (error: unknown) => (error as { code: string }).code,
      );
    const expected = isBounded ? 'STATEMENT_FAILED' : 'whole';

    expect(await outcome(database.repository(library.wides).get(2, { include: { leaves: true } }))).toBe(expected);
    expect(
      await outcome(database.repository(library.wides).get(2, { include: { leaves: { order: ['id'], limit: 99 } } })),
    ).toBe(expected);
    expect(
      await outcome(database.repository(library.shelves).get(1, { include: { wides: { include: { leaves: true } } } })),
    ).toBe(expected);
    expect(
      await outcome(
        database
          .repository(library.wides)
          .get(2, { include: { shelf: { include: { wides: { include: { leaves: true } } } } } }),
      ),
    ).toBe(expected);
  });
});
