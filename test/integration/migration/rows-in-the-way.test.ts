import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import type { ForeignKey } from '../../../src/catalog/model/constraint.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { enumType, integer, sql, table, text } from '../../../src/index.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { createTable, rawSql, revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

const mood = enumType('mood', ['sad', 'fine', 'happy']);

const people = table('person', {
  id: integer().primaryKey(),
  email: text({ max: 60 }).null(),
  nick: text({ max: 60 }),
  mood: mood().null(),
  qty: integer().null().default(1),
  boss: integer().null(),
});

const person = { name: 'person' };
const start = catalogOf({ people, mood });

const required: Change = {
  kind: 'add-column',
  table: person,
  column: { name: 'city', type: { kind: 'integer' }, nullable: false },
};

const changes: readonly (readonly [string, Change, RegExp])[] = [
  [
    'a new column that must have a value and has no default',
    required,
    /person: \d+ rows have no value for city, which must have one/,
  ],
  [
    'a column that may not be null where it is',
    { kind: 'alter-column', table: person, column: column('email', { nullable: false }) },
    /person: 2 rows have no email/,
  ],
  [
    'a column that may not be null, with a default for new rows',
    { kind: 'alter-column', table: person, column: column('qty', { nullable: false }) },
    /person: 1 row has no qty/,
  ],
  [
    'a type that a text does not fit in',
    { kind: 'alter-column', table: person, column: column('nick', { type: { kind: 'varchar', length: 3 } }) },
    /person: 3 rows have a value of nick that does not fit/,
  ],
  [
    'a type that a number does not fit in',
    { kind: 'alter-column', table: person, column: column('boss', { type: { kind: 'smallint' } }) },
    /person: 1 row has a value of boss that does not fit/,
  ],
  [
    'a reference to rows that are not there',
    { kind: 'add-foreign-key', table: person, foreignKey: bossKey('person') },
    /person: 1 row refers to no row of person/,
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
      hint: 'nothing was changed; make a new revision that adds the column with a default, or with .null()',
    });
    expect(await bench.inspect()).toEqual(before);
    await bench.database.execute(sql`delete from person`);
    await downgrade(bench.context, '-1');
    expect((await bench.inspect()).tables[0]?.columns.map((one) => one.name)).toContain('nick');
  });

  test.each(changes)(
    '%s: the change is refused before anything runs, with the rows',
    async (_what, change, message) => {
      await expectRefusal(server, [change], message);
    },
  );
});

describeEachServer('rows that refer to a table', (server) => {
  test('of the same revision, which has no rows yet: it is refused before anything runs, with the rows', async () => {
    await expectRefusal(
      server,
      [createTable('leader'), { kind: 'add-foreign-key', table: person, foreignKey: bossKey('leader') }],
      /person: 2 rows refer to no row of leader/,
      {
        hint: 'nothing was changed; make and fill leader in a revision of its own before this one, or mend these rows',
      },
    );
  });

  test('of the same revision, which it fills itself, are in the way of nothing', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [
      revision('r1', [], createCatalog(start)),
      revision(
        'r2',
        ['r1'],
        [
          createTable('leader'),
          rawSql('insert into leader (id) select boss from person where boss is not null', 'delete from leader'),
          { kind: 'add-foreign-key', table: person, foreignKey: bossKey('leader') },
        ],
      ),
    ]);
    await upgrade(bench.context, 'r1');
    await fill(bench);

    await upgrade(bench.context);

    expect((await migrationStatus(bench.context)).current).toEqual(['r2']);
  });
});

describeEachServer('rows of a table that makes room for another of its name', (server) => {
  test('are not in the way of what the other one refers to', async () => {
    await using temporary = await server.database();
    const column = { name: 'boss', type: { kind: 'integer' }, nullable: true } as const;
    await using bench = await openBench(temporary.url, [
      revision('r1', [], [...createCatalog(start), createTable('leader')]),
      revision(
        'r2',
        ['r1'],
        [
          { kind: 'rename-table', table: person, to: 'old_person' },
          {
            kind: 'create-table',
            table: { ...person, columns: [column], uniques: [], foreignKeys: [], checks: [], indexes: [] },
          },
          { kind: 'add-foreign-key', table: person, foreignKey: bossKey('leader') },
        ],
      ),
    ]);
    await upgrade(bench.context, 'r1');
    await fill(bench);

    await upgrade(bench.context);

    expect((await migrationStatus(bench.context)).current).toEqual(['r2']);
  });
});

describeEachServer('a hint about rows in the way', (server) => {
  test('tells what to do where no value could be mended', async () => {
    await expectRefusal(server, [required], /person: 3 rows have no value for city/, {
      hint: 'nothing was changed; give the column a default, or add it with .null(), fill it, and require it in a later revision',
    });
  });
});

async function expectRefusal(
  server: TestServer,
  changes: readonly Change[],
  message: RegExp,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await using temporary = await server.database();
  await using bench = await openBench(temporary.url, [
    revision('r1', [], createCatalog(start)),
    revision('r2', ['r1'], changes),
  ]);
  await upgrade(bench.context, 'r1');
  await fill(bench);
  const before = await bench.inspect();

  const refused = upgrade(bench.context);

  await expect(refused).rejects.toMatchObject({
    code: 'ROWS_IN_THE_WAY',
    message: expect.stringMatching(message) as string,
    details: { table: 'person' },
    ...more,
  });
  expect(await bench.inspect()).toEqual(before);
  expect((await migrationStatus(bench.context)).current).toEqual(['r1']);
  expect((await migrationStatus(bench.context)).unfinished).toBeUndefined();
}

async function fill({ database }: Bench): Promise<void> {
  await database.execute(
    sql`insert into person (id, email, nick, mood, boss) values (1, 'a@b.c', 'anna', 'sad', 70000)`,
  );
  await database.execute(sql`insert into person (id, nick, qty) values (2, 'bobby', null)`);
  await database.execute(sql`insert into person (id, nick, boss) values (3, 'anna', 1)`);
}

function bossKey(parent: string): ForeignKey {
  return {
    name: 'person_boss_fkey',
    columns: ['boss'],
    references: { name: parent, columns: ['id'] },
    onDelete: 'no-action',
    onUpdate: 'no-action',
  };
}

function column(name: string, change: Partial<Column>): Column {
  const found = start.tables[0]?.columns.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no column ${name}`);
  return { ...found, ...change };
}
