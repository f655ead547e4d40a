import { expect, test } from 'vitest';
import { integer, primaryKey, softDelete, table, text } from '../../../src/index.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { statementsOf } from '../include/count-statements.ts';

const cards = table('card', { id: integer().primaryKey(), title: text({ max: 40 }), ...softDelete() });
const cells = table('cell', { row: integer(), place: integer(), note: text({ max: 40 }) }, (t) => [
  primaryKey(t.row, t.place),
]);
const board = { cards, cells };

describeEachServer('coalesced reads', (server) => {
  test('of one tick are one statement, and each caller gets its own row', async () => {
    await using database = await openSchema(server, board);
    await database.repository(cards).insertMany([1, 2, 3].map((id) => ({ id, title: `card ${id}` })));
    const reads = database.repository(cards).coalesced();
    let found: readonly (string | undefined)[] = [];

    const statements = await statementsOf(database, async () => {
      const afterwards = Promise.resolve(3).then(async (id) => await reads.get(id));
      const rows = await Promise.all([reads.get(2), reads.find(1), reads.find(9), afterwards, reads.get(2)]);
      found = rows.map((row) => row?.title);
      expect(rows[0]).toEqual(rows[4]);
      expect(rows[0]).not.toBe(rows[4]);
    });

    expect(found).toEqual(['card 2', 'card 1', undefined, 'card 3', 'card 2']);
    expect(statements).toHaveLength(1);
  });

  test('of another tick are another statement', async () => {
    await using database = await openSchema(server, board);
    await database.repository(cards).insert({ id: 1, title: 'first' });
    const reads = database.repository(cards).coalesced();

    const statements = await statementsOf(database, async () => {
      await Promise.all([reads.get(1), reads.get(1)]);
      await database.repository(cards).update(1, { title: 'second' });
      expect(await reads.get(1)).toMatchObject({ title: 'second' });
    });

    const [first] = statements;
    expect(statements.filter((text) => text === first)).toHaveLength(2);
    expect(statements.at(-1)).toBe(first);
  });

  test('give each error to the one who made it', async () => {
    await using database = await openSchema(server, board);
    await database.repository(cards).insert({ id: 1, title: 'first' });
    const reads = database.repository(cards).coalesced();

    const outcomes = await Promise.allSettled([reads.get(1), reads.get(7), reads.get('one'), reads.find(7)]);

    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: { title: 'first' } },
      { status: 'rejected', reason: { code: 'ROW_NOT_FOUND' } },
      { status: 'rejected', reason: { code: 'VALUE_INVALID' } },
      { status: 'fulfilled', value: undefined },
    ]);
  });

  test('tell everybody when the statement fails', async () => {
    const database = await openSchema(server, board);
    const reads = database.repository(cards).coalesced();
    await database.close();

    const outcomes = await Promise.allSettled([reads.get(1), reads.find(2)]);

    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(outcomes).toMatchObject([{ reason: { code: 'POOL_CLOSED' } }, { reason: { code: 'POOL_CLOSED' } }]);
  });

  test('know composite keys, and deleted rows from living ones', async () => {
    await using database = await openSchema(server, board);
    await database.repository(cells).insertMany([
      { row: 1, place: 1, note: 'a' },
      { row: 1, place: 2, note: 'b' },
    ]);
    await database.repository(cards).insert({ id: 1, title: 'gone' });
    await database.repository(cards).delete(1);
    const [places, titles] = [database.repository(cells).coalesced(), database.repository(cards).coalesced()];

    const rows = await Promise.all([places.get({ row: 1, place: 2 }), places.get({ place: 1, row: 1 })]);
    const dead = await Promise.all([titles.find(1), titles.find(1, { withDeleted: true })]);

    expect(rows.map(({ note }) => note)).toEqual(['b', 'a']);
    expect(dead.map((row) => row?.title)).toEqual([undefined, 'gone']);
  });

  test('see what the transaction around them has written, and nobody else does', async () => {
    await using database = await openSchema(server, board);
    const reads = database.repository(cards).coalesced();

    const inside = await database.transaction(async (tx) => {
      await tx.repository(cards).insert({ id: 1, title: 'new' });
      return await Promise.all([reads.find(1), database.outside(async () => await reads.find(1))]);
    });

    expect(inside).toEqual([expect.objectContaining({ title: 'new' }), undefined]);
  });
});
