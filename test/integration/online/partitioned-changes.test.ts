import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { makeScratch } from '../../../src/ops/compare/scratch-database.ts';
import { previewUpgrade } from '../../../src/migration/run/preview.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { createTable, revision } from '../migration/history.ts';
import { openBench, type Bench } from '../migration/open-bench.ts';

const part = { name: 'part' };
const whole = { kind: 'integer' } as const;
const [id, shelf, value] = [
  { name: 'id', type: whole, nullable: false },
  { name: 'shelf', type: whole, nullable: true },
  { name: 'value', type: whole, nullable: true },
] as const;

const start = revision(
  'r1',
  [],
  [
    createTable('shelf'),
    {
      kind: 'create-table',
      table: {
        ...part,
        columns: [id, shelf, value],
        primaryKey: { name: 'part_pkey', columns: ['id'] },
        uniques: [],
        checks: [],
        foreignKeys: [],
        indexes: [],
        options: { partitionBy: 'range (id)' },
      },
    },
  ],
);
const partitions = `
  create table part_1 partition of part for values from (0) to (300);
  create table part_2 partition of part for values from (300) to (900) partition by range (id);
  create table part_2a partition of part_2 for values from (300) to (600);
  create table part_2b partition of part_2 for values from (600) to (900);
  insert into shelf values (1), (2);
  insert into part select i, 1 + i % 2, i from generate_series(0, 899) i`;

const key = { name: 'part_shelf', columns: ['shelf'], onDelete: 'cascade', onUpdate: 'no-action' } as const;
const references = { ...key, references: { name: 'shelf', columns: ['id'] } };
const addKey: Change = { kind: 'add-foreign-key', table: part, foreignKey: references };

/** What is done while others go on. */
const online: Readonly<Record<string, Change>> = {
  'an index': {
    kind: 'create-index',
    table: part,
    index: { name: 'part_value', keys: [{ column: 'value' }], unique: false },
  },
  'a unique constraint': { kind: 'add-unique', table: part, unique: { name: 'part_uq', columns: ['id', 'value'] } },
  'a check': { kind: 'add-check', table: part, check: { name: 'ck', expression: textExpression('value >= 0') } },
  'a foreign key': addKey,
  'a foreign key to it': {
    kind: 'add-foreign-key',
    table: { name: 'shelf' },
    foreignKey: { ...key, name: 'shelf_part', columns: ['id'], references: { name: 'part', columns: ['id'] } },
  },
  'not null': { kind: 'alter-column', table: part, column: { ...value, nullable: false } },
  'another type': { kind: 'alter-column', table: part, column: { ...value, type: { kind: 'bigint' } } },
  'a column with a value of its own in each row': {
    kind: 'add-column',
    table: part,
    column: {
      name: 'code',
      type: { kind: 'uuid' },
      nullable: false,
      default: { kind: 'expression', expression: textExpression('gen_random_uuid()') },
    },
  },
};

/** What takes the place of another index. */
const indexed: Readonly<Record<string, Change>> = {
  'another primary key': {
    kind: 'set-primary-key',
    table: part,
    primaryKey: { name: 'part_pkey', columns: ['id', 'value'] },
  },
};

describeServers(['postgresql-15', 'postgresql-16', 'postgresql-18'], 'a partitioned table', (server) => {
  test.each(Object.entries(online))('gets %s, and no row is read while others wait', async (_title, change) => {
    await using database = await server.database();
    await using bench = await openParts(database.url);
    const context = bench.with([start, revision('r2', ['r1'], [change])], {
      makeScratch: scratchFor(database.url),
      blockedRows: 0,
    });

    const { plans } = await previewUpgrade(context, 'head', { asksServer: true });
    await upgrade(context);

    const unmeasured = plans.flatMap(({ statements }) => statements).filter(({ agreed }) => agreed === undefined);
    expect(unmeasured).toEqual([]);
    expect(await rows(bench, 'select count(*), count(value), max(value) from part')).toEqual([['900', '900', '899']]);
    expect(await rows(bench, 'select conname from pg_constraint where not convalidated and conparentid = 0')).toEqual(
      [],
    );
    await downgrade(context);
    expect(await rows(bench, 'select count(*), count(value), max(value) from part')).toEqual([['900', '900', '899']]);
  });

  test.each(Object.entries(indexed))(
    'gets %s where that is allowed, and is left alone otherwise',
    async (_title, change) => {
      await using database = await server.database();
      await using bench = await openParts(database.url);
      const withScratch = bench.with([start, revision('r2', ['r1'], [change])], {
        makeScratch: scratchFor(database.url),
      });
      const without = bench.with([start, revision('r2', ['r1'], [change])]);

      for (const context of [withScratch, without]) {
        await expect(upgrade({ ...context, blockedRows: 899 })).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
      }
      expect((await bench.ledger()).map((entry) => entry.revision)).toEqual(['r1']);
      await upgrade({ ...withScratch, blockedRows: 900 });

      const invalid = 'select indexrelid::regclass::text from pg_index where not indisvalid';
      expect(await rows(bench, invalid)).toEqual([]);
      expect((await bench.ledger()).map((entry) => entry.revision)).toEqual(['r1', 'r2']);
    },
  );

  test('has one foreign key, of which those of its partitions are parts, and a broken row is named beforehand', async () => {
    await using database = await server.database();
    await using bench = await openParts(database.url);
    await bench.database.run({ sql: 'update part set shelf = 7 where id = 700' }, []);
    const context = bench.with([start, revision('r2', ['r1'], [addKey])]);

    await expect(upgrade(context)).rejects.toMatchObject({ code: 'ROWS_IN_THE_WAY' });
    await bench.database.run({ sql: 'update part set shelf = 1 where id = 700' }, []);
    await upgrade(context);

    const question = `select conrelid::regclass::text, convalidated, conparentid <> 0 from pg_constraint
      where contype = 'f' order by 1`;
    expect(await rows(bench, question)).toEqual([
      ['part', 't', 'f'],
      ['part_1', 't', 't'],
      ['part_2', 't', 't'],
      ['part_2a', 't', 't'],
      ['part_2b', 't', 't'],
    ]);
  });
});

async function openParts(url: string): Promise<Bench> {
  const bench = await openBench(url, []);
  await upgrade(bench.with([start]));
  await bench.database.pinned(async (session) => await session.script(partitions));
  return bench;
}

function scratchFor(url: string): () => ReturnType<typeof makeScratch> {
  const open = async (name?: string): Promise<Bench['database']> => {
    const place = new URL(url);
    if (name !== undefined) place.pathname = `/${name}`;
    return (await openBench(place.href, [])).database;
  };
  return async () => await makeScratch({ inFile: false, open });
}

async function rows({ database }: Bench, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await database.run({ sql }, [])).rows;
}
