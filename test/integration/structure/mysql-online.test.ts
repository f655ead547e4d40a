import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import type { Database } from '../../../src/database/database.ts';
import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import { compareDatabases } from '../../../src/ops/compare/compare-databases.ts';
import type { ScratchPlace } from '../../../src/ops/compare/scratch-database.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';

describeServers(['mysql', 'mariadb'], 'an online plan that the server was asked about', (server) => {
  const isMariadb = server.variant === 'mariadb';
  const instant = isMariadb ? 'algorithm=instant, lock=none' : 'algorithm=instant';
  const build = isMariadb ? 'algorithm=nocopy, lock=none' : 'algorithm=inplace, lock=none';
  const copy = 'algorithm=copy, lock=shared';

  test('puts together what is done at once, then what others can write beside, and copies last', async () => {
    await using pair = await openPair(
      server,
      ['create table book (id int primary key, pages int, state int, key by_state (state))', rowsOf('book')],
      [
        `create table book (id int primary key, pages bigint, state int default 3, title varchar(9),
          key by_state (state), key by_title (title), key by_pages (pages))`,
      ],
    );

    const plan = await pair.plan();

    expect(plan.map(({ sql, class: kind }) => [...shapeOf(sql), kind])).toEqual([
      ['add column `title`, modify column `state`', instant, 'catalog'],
      ['add KEY `by_title`', build, 'scan'],
      ['modify column `pages`', copy, 'scan'],
      ['add KEY `by_pages`', build, 'scan'],
    ]);
    expect(
      plan.map(({ note = '' }) => /the server copies book, about 3 rows, and keeps writers out/.test(note)),
    ).toEqual([false, false, true, false]);
    expect(await pair.converge(plan)).toEqual([]);
    expect(await pair.rows('select id, pages, state, title from book order by id')).toEqual([
      [1, 1, 1, null],
      [2, 2, 2, null],
      [3, 3, 3, null],
    ]);
  });

  test.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    [
      'a number comes with the key that it needs',
      ['create table book (id int not null, name int, key by_name (name))', rowsOf('book', 'id, name')],
      ['create table book (id int not null auto_increment, name int, primary key (id))'],
      ['AUTO_INCREMENT, add PRIMARY KEY (`id`)'],
    ],
    [
      'one primary key goes as the other comes',
      ['create table book (id int not null, code int not null, primary key (id))', rowsOf('book', 'id, code')],
      ['create table book (id int not null, code int not null, primary key (code))'],
      ['drop primary key, add PRIMARY KEY (`code`)'],
    ],
    [
      'an index under a foreign key goes as the other comes',
      [
        'create table author (id int primary key)',
        'create table book (id int primary key, a int, b int, key k1 (a), constraint fk foreign key (a) references author (id))',
      ],
      [
        'create table author (id int primary key)',
        'create table book (id int primary key, a int, b int, key k2 (a, b), constraint fk foreign key (a) references author (id))',
      ],
      ['drop index `k1`, add KEY `k2` (`a`,`b`)'],
    ],
    [
      'a check is never missing',
      ['create table book (id int primary key, n int, constraint c check (n < 9))', rowsOf('book', 'id, n')],
      ['create table book (id int primary key, n int, constraint c check (n < 8))'],
      ['drop constraint `c`, add CONSTRAINT `c`'],
    ],
  ])('does not take apart what belongs together: %s', async (_title, from, to, parts) => {
    await using pair = await openPair(server, from, to);

    const plan = await pair.plan();

    const all = plan.map(({ sql }) => sql);
    for (const part of parts) expect(all.some((sql) => sql.includes(part))).toBe(true);
    for (const { sql } of plan) expect(sql).toMatch(/algorithm=/);
    expect(await pair.converge(plan)).toEqual([]);
  });

  test('references are added to a table in one go, and the plan says that it is copied', async () => {
    await using pair = await openPair(
      server,
      [
        'create table author (id int primary key)',
        'create table book (id int primary key, a int, b int, key ka (a), key kb (b))',
        'insert into author values (1)',
        'insert into book values (1, 1, 1)',
      ],
      [
        'create table author (id int primary key)',
        `create table book (id int primary key, a int, b int, key ka (a), key kb (b),
          constraint fa foreign key (a) references author (id), constraint fb foreign key (b) references author (id))`,
      ],
    );

    const plan = await pair.plan();

    expect(plan).toHaveLength(1);
    expect(plan[0]?.sql).toContain(copy);
    expect(plan[0]?.note).toContain('the server copies book, about 1 rows, and keeps writers out');
    expect(await pair.converge(plan)).toEqual([]);
  });

  test('no statement copies rows without a word about it', async () => {
    const steps = [
      ['create table book (id int primary key, t varchar(9), n int, e enum("a", "b")) default charset latin1'],
      [
        'create table book (id bigint primary key, t varchar(99), n int not null, e enum("b", "a"), s int as (n + 1) stored, fulltext key ft (t)) default charset latin1',
      ],
      [
        'create table book (id bigint primary key, t varchar(99), n int, e enum("b", "a", "c"), v int as (n + 1) virtual, key by_n (n)) default charset utf8mb4',
      ],
      ['create table book (id bigint, t varchar(9), n varchar(5), key by_t (t)) row_format=compressed'],
    ];
    for (const [place, from] of steps.entries()) {
      const to = steps[(place + 1) % steps.length] ?? [];
      await using pair = await openPair(server, [...from, 'insert into book (id, n) values (1, 1)'], to);

      for (const { sql, note = '' } of await pair.plan()) {
        const copied = await pair.count(sql);
        expect([sql, copied === 0 || /the server (?:copies|reads) book/.test(note)]).toEqual([sql, true]);
      }
      expect(await pair.plan()).toEqual([]);
    }
  });

  test('nothing is written where the plan is made for, and no scratch database stays', async () => {
    await using pair = await openPair(
      server,
      ['create table book (id int primary key, pages int)'],
      ['create table book (id int primary key, pages bigint, title varchar(9))'],
    );
    const before = await pair.rows(everything);

    await pair.plan();

    expect(await pair.rows(everything)).toEqual(before);
    expect(await pair.rows("show databases like 'rowhouse\\_scratch\\_%'")).toEqual([]);
  });

  test('where no scratch database can be made, the plan says that the server was not asked', async () => {
    await using pair = await openPair(
      server,
      ['create table book (id int primary key, pages int)'],
      ['create table book (id int primary key, pages bigint)'],
    );

    const [statement] = await pair.plan({ isPoor: true });

    expect(statement?.sql).not.toContain('algorithm=');
    expect(statement?.note).toContain('not tried, for want of a scratch database');
  });

  test('the plain form asks nothing', async () => {
    await using pair = await openPair(
      server,
      ['create table book (id int primary key, pages int)'],
      ['create table book (id int primary key, pages bigint, title varchar(9))'],
    );

    const plan = await pair.plan({ safe: 'plain' });

    expect(plan.map(({ sql }) => sql.includes('algorithm='))).toEqual([false]);
  });

  test('other databases are left alone, even when a foreign key leads to one', async () => {
    await using other = await server.database();
    const far = new URL(other.url).pathname.slice(1);
    await using parent = await connect({}, localSettings(other.url));
    await parent.pinned(async (session) => await session.script('create table author (id int primary key)'));
    const key = `constraint fk foreign key (a) references ${far}.author (id)`;
    await using pair = await openPair(
      server,
      [`create table book (id int primary key, a int, ${key})`],
      [`create table book (id int primary key, a int, title varchar(9), ${key})`],
    );

    const plan = await pair.plan();

    expect(plan.map(({ sql }) => shapeOf(sql))).toEqual([['add column `title`', instant]]);
    expect(await pair.converge(plan)).toEqual([]);
  });
});

/** The clauses by their beginnings, and what is asked of the server. */
function shapeOf(sql: string): readonly [clauses: string, asked: string] {
  const [, clauses = '', asked = ''] = /^alter table `\w+` (.*?)(?:, (algorithm=.*))?$/s.exec(sql) ?? [];
  const heads = [...clauses.matchAll(/(?:add|modify|drop) (?:column|index|KEY) `\w+`/g)].map(([head]) => head);
  return [heads.join(', '), asked];
}

function rowsOf(table: string, columns = 'id, pages, state'): string {
  const rows = [1, 2, 3].map(
    (row) =>
      `(${columns
        .split(', ')
        .map(() => row)
        .join(', ')})`,
  );
  return `insert into ${table} (${columns}) values ${rows.join(', ')}`;
}

const everything = `select table_name, create_time, update_time from information_schema.tables where table_schema = database()`;

interface OnlinePair extends AsyncDisposable {
  plan(how?: {
    readonly safe?: 'plain' | 'online';
    readonly isPoor?: boolean;
  }): Promise<readonly DefinitionStatement[]>;
  /** Runs a plan and gives what is left to do. */
  converge(plan: readonly DefinitionStatement[]): Promise<readonly DefinitionStatement[]>;
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** Runs a statement and gives the rows that the server counts for it: those that it copied. */
  count(sql: string): Promise<number>;
}

/** Two databases, compared as the command does. */
async function openPair(server: TestServer, from: readonly string[], to: readonly string[]): Promise<OnlinePair> {
  await using stack = new AsyncDisposableStack();
  const open = async (statements: readonly string[]): Promise<readonly [Database, string]> => {
    const made = stack.use(await server.database());
    const database = stack.use(await connect({}, localSettings(made.url)));
    await database.pinned(async (session) => {
      for (const sql of statements) await session.script(sql);
    });
    return [database, made.url];
  };
  const [[changed, url], [wanted]] = [await open(from), await open(to)];
  const name = new URL(url).pathname.slice(1);
  await changed.pinned(async (session) => {
    await session.script(
      `create user if not exists reader identified by 'reader'; grant select on ${name}.* to reader`,
    );
  });
  const place: ScratchPlace = {
    inFile: false,
    open: async (database) => await connect({}, localSettings(database === undefined ? url : server.url(database))),
  };
  const pair: Omit<OnlinePair, keyof AsyncDisposable> = {
    plan: async ({ safe = 'online', isPoor = false } = {}) =>
      await compareDatabases(changed, wanted, { safe, place: isPoor ? placeOfReader(url) : place }),
    async converge(plan) {
      await changed.pinned(async (session) => {
        for (const { sql } of plan) await session.script(sql);
      });
      return await pair.plan();
    },
    rows: async (sql) =>
      await changed.pinned(async ({ connection }) =>
        (await connection.run({ sql }, [])).rows.map((row) => row.map(plain)),
      ),
    count: async (sql) => await changed.pinned(async ({ connection }) => (await connection.run({ sql }, [])).changes),
  };
  const kept = stack.move();
  return { ...pair, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}

/** The account there may make no database. */
function placeOfReader(url: string): ScratchPlace {
  const reader = new URL(url);
  reader.username = 'reader';
  reader.password = 'reader';
  return { inFile: false, open: async () => await connect({}, localSettings(reader.href)) };
}

function plain(cell: unknown): unknown {
  return typeof cell === 'bigint' || /^\d+$/.test(String(cell)) ? Number(cell) : cell;
}
