import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { enumType, integer, sql, table, text } from '../../../src/index.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { revision } from './history.ts';
import { openBench } from './open-bench.ts';

const mood = enumType('mood', ['sad', 'fine', 'happy']);

const people = table('person', {
  id: integer().primaryKey(),
  email: text({ max: 60 }).null(),
  nick: text({ max: 60 }),
  mood: mood().null(),
});

const person = { name: 'person' };
const start = catalogOf({ people, mood });

const changes: readonly (readonly [string, Change, RegExp])[] = [
  [
    'a new column that must have a value and has no default',
    { kind: 'add-column', table: person, column: { name: 'city', type: { kind: 'integer' }, nullable: false } },
    /person: \d+ rows have no value for city, which must have one/,
  ],
  [
    'a column that may not be null where it is',
    { kind: 'alter-column', table: person, column: column('email', { nullable: false }) },
    /person: 2 rows have no email/,
  ],
  [
    'a unique value that is there twice',
    { kind: 'add-unique', table: person, unique: { name: 'person_nick_key', columns: ['nick'] } },
    /person: 2 rows /,
  ],
  [
    'a value of an enum that rows have',
    { kind: 'alter-enum', enum: { name: 'mood', values: ['fine', 'happy'] } },
    /person: 1 row /,
  ],
];

describeEachServer('rows in the way of a change', (server) => {
  test('a column that must have a value does not come back over rows: the way down is refused', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [
      revision('r1', [], createCatalog(start)),
      revision('r2', ['r1'], [{ kind: 'drop-column', table: person, column: 'nick' }]),
    ]);
    await upgrade(bench.context);
    await bench.database.execute(sql`insert into person (id) values (7)`);
    const before = await bench.inspect();

    const refused = downgrade(bench.context, '-1');

    await expect(refused).rejects.toMatchObject({
      code: 'ROWS_IN_THE_WAY',
      message: expect.stringMatching(/person: 1 row has no value for nick, which must have one/) as string,
      details: { table: 'person', column: 'nick', rows: 1 },
    });
    expect(await bench.inspect()).toEqual(before);
    await bench.database.execute(sql`delete from person`);
    await downgrade(bench.context, '-1');
    expect((await bench.inspect()).tables[0]?.columns.map((one) => one.name)).toContain('nick');
  });

  test.each(changes)(
    '%s: the change is refused before anything runs, with the rows',
    async (_what, change, message) => {
      await expectRefusal(server, change, message);
    },
  );
});

// SQLite keeps text of any length, whatever the type says.
describeServers(['postgresql', 'mysql', 'mariadb'], 'text in the way of a change', (server) => {
  test('a type that it does not fit in: the change is refused before anything runs, with the rows', async () => {
    const nick = column('nick', { type: { kind: 'varchar', length: 3 } });
    await expectRefusal(server, { kind: 'alter-column', table: person, column: nick }, /person: 2 rows /);
  });
});

async function expectRefusal(server: TestServer, change: Change, message: RegExp): Promise<void> {
  await using temporary = await server.database();
  await using bench = await openBench(temporary.url, [
    revision('r1', [], createCatalog(start)),
    revision('r2', ['r1'], [change]),
  ]);
  await upgrade(bench.context, 'r1');
  await bench.database.execute(sql`insert into person (id, email, nick, mood) values (1, 'a@b.c', 'anna', 'sad')`);
  await bench.database.execute(sql`insert into person (id, nick) values (2, 'bob')`);
  await bench.database.execute(sql`insert into person (id, nick) values (3, 'anna')`);
  const before = await bench.inspect();

  const refused = upgrade(bench.context);

  await expect(refused).rejects.toMatchObject({
    code: 'ROWS_IN_THE_WAY',
    message: expect.stringMatching(message) as string,
    details: { table: 'person' },
  });
  expect(await bench.inspect()).toEqual(before);
  expect((await migrationStatus(bench.context)).current).toEqual(['r1']);
  expect((await migrationStatus(bench.context)).unfinished).toBeUndefined();
}

function column(name: string, change: Partial<Column>): Column {
  const found = start.tables[0]?.columns.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no column ${name}`);
  return { ...found, ...change };
}
