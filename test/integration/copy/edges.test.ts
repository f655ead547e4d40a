import { expect, test } from 'vitest';
import { applyChange } from '../../../src/catalog/change/apply.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { inlineForeignKeys } from '../../../src/catalog/change/inline-foreign-keys.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import type { Database } from '../../../src/database/database.ts';
import { copy } from '../../../src/ops/copy/copy.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { bigint, decimal, integer, json, text, timestamptz } from '../../../src/schema/column/types.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import { foreignKey, index } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { id, sql } from '../../../src/sql/sql.ts';
import { sqliteFiles } from '../../../src/testing/database/sqlite-files.ts';
import { temporaryDatabase } from '../../../src/testing/database/temporary-database.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { openSample } from '../pull/open-sample.ts';

const nodes = table(
  'node',
  {
    id: bigint().identity().primaryKey(),
    parentId: bigint().null(),
    price: decimal({ precision: 12, scale: 3 }),
    at: timestamptz(),
    about: json().null(),
  },
  (t) => [foreignKey([t.parentId], () => [t.id]), index(t.at.desc())],
);
const marks = table('mark', { note: text().null(), stars: integer() });
const schema = { nodes, marks };

describeEachServer('copying into', (server) => {
  test('a table that refers to later rows of itself, and one without a key', async () => {
    await using scene = await bookScene();
    await using place = await server.database();
    await using to = await openSample(place.url);

    const report = await copy({ from: scene.database, to, batchRows: 2 });
    const next = await createRepository(nodes, to).insert({ price: '1.000', at: new Date(0) });

    expect(report.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['mark', 3],
      ['node', 5],
    ]);
    expect(next.id).toBe(6n); // numbers go on behind the highest
    expect(await createRepository(nodes, to).get(1n)).toMatchObject({
      parentId: 5n,
      price: '0.100',
      about: { a: [1, null] },
    });
  });

  test('tables that a migration has made, as what they are there', async () => {
    await using scene = await bookScene();
    await using place = await server.database();
    await using to = await openSample(place.url);
    await make(to);

    const report = await copy({ from: scene.database, to });

    expect(report.tables.map(({ rows }) => rows)).toEqual([3, 5]);
    expect(report.notes).toEqual([]);
  });

  test('refuses a table with rows of its own, and leaves them', async () => {
    await using scene = await bookScene();
    await using place = await server.database();
    await using to = await openSample(place.url);
    await make(to);
    await createRepository(marks, to).insertMany([{ note: 'mine', stars: 9 }]);

    await expect(copy({ from: scene.database, to })).rejects.toMatchObject({
      code: 'COPY_REFUSED',
      details: { tables: ['mark'] },
    });
    expect(await createRepository(marks, to).list()).toEqual([{ note: 'mine', stars: 9 }]);
    expect(await createRepository(nodes, to).list()).toEqual([]);
  });

  test('names the tables that differ afterwards', async () => {
    await using scene = await bookScene();
    await using place = await server.database();
    await using to = await openSample(place.url);
    let meddled: Promise<unknown> = Promise.resolve();

    const copying = copy({
      from: scene.database,
      to,
      onProgress: ({ phase, table: name }) => {
        const insert = sql`insert into ${id('mark')} (stars) values (7)`;
        if (phase === 'load' && name === 'node') meddled = scene.database.execute(insert);
      },
    });

    await expect(copying).rejects.toMatchObject({
      code: 'COPY_MISMATCH',
      details: { tables: [{ name: 'mark', rows: { source: 4, target: 3 } }] },
    });
    await meddled;
    await to.execute(sql`drop table ${id('mark')}`);
    const report = await copy({ from: scene.database, to }); // as its hint says
    expect(report.tables.map(({ rows }) => rows)).toEqual([4, 5]);
  });
});

describeServers(['postgresql-16'], 'copying into a target that cannot be written', (server) => {
  test('says so, and leaves both as they were', async () => {
    await using scene = await bookScene();
    await using place = await server.database();
    await using admin = await openSample(place.url);
    await admin.execute(sql`alter database ${id(place.name)} set default_transaction_read_only = on`);
    await using to = await openSample(place.url);

    await expect(copy({ from: scene.database, to })).rejects.toMatchObject({ code: 'READ_ONLY' });
    expect(await createRepository(nodes, scene.database).count()).toBe(5);
  });
});

describeServers(['mariadb', 'mysql'], 'copying out of', (server) => {
  test('the types that only this family of engines has', async () => {
    await using origin = await server.database();
    await using from = await openSample(origin.url);
    await using files = await sqliteFiles();
    await using place = await temporaryDatabase(files);
    await using to = await openSample(place.url);
    await from.execute(sql`create table own (
      id int unsigned auto_increment primary key, huge bigint unsigned, small tinyint, year_ year, note mediumtext,
      raw varbinary(9), seen timestamp(2) null, price decimal(9,2) unsigned)`);
    await from.execute(sql`insert into own values
      (4294967295, 18446744073709551615, -128, 2026, 'ä', ${new Uint8Array([0, 255])}, '2026-11-21 12:00:00.25', 1.5)`);

    const report = await copy({ from, to });
    const rows = await to.query(sql`select id, huge, small, year_, note, seen, price from own`, {
      types: { huge: { kind: 'decimal', precision: 20, scale: 0 }, seen: { kind: 'timestamptz', precision: 2 } },
    });

    expect(report.notes).toContainEqual({
      name: 'own',
      note: expect.stringMatching(/column id: int.* unsigned became bigint/),
    });
    expect(rows).toEqual([
      {
        id: 4_294_967_295,
        huge: '18446744073709551615',
        small: -128,
        year_: 2026,
        note: 'ä',
        seen: new Date('2026-11-21T12:00:00.25Z'),
        price: 1.5,
      },
    ]);
  });
});

/** Five nodes of which the first refers to the last, and three marks of which two are the same. */
async function bookScene(): Promise<AsyncDisposable & { readonly database: Database }> {
  const files = await sqliteFiles();
  const place = await temporaryDatabase(files);
  const database = await openSample(place.url);
  await make(database);
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`pragma defer_foreign_keys = on`);
    await createRepository(nodes, transaction).insertMany(
      [5n, null, 2n, 2n, 1n].map((parentId, place_) => ({
        id: BigInt(place_ + 1),
        parentId,
        price: '0.100',
        at: new Date(place_),
        about: { a: [1, null] },
      })),
    );
    await createRepository(marks, transaction).insertMany([
      { note: 'a', stars: 1 },
      { note: null, stars: 2 },
      { note: null, stars: 2 },
    ]);
  });
  return {
    database,
    async [Symbol.asyncDispose]() {
      await database.close();
      await files[Symbol.asyncDispose]();
    },
  };
}

async function make(database: Database): Promise<void> {
  const changes = createCatalog(catalogOf(schema));
  const { definition } = database.dialect;
  let catalog = emptyCatalog;
  for (const change of definition.inlineForeignKeys === true ? inlineForeignKeys(changes) : changes) {
    for (const { sql: text_ } of definition.compile(change, catalog)) await database.run({ sql: text_ }, []);
    catalog = applyChange(change, catalog);
  }
}
