import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openPair } from './mysql-pair.ts';

type Refusal = readonly [title: string, from: readonly string[], to: readonly string[], object: string];

const versioned = 'with system versioning';
const shownHistory = `s timestamp(6) generated always as row start, e timestamp(6) generated always as row end, period for system_time (s, e)`;

const refusals: Readonly<Record<string, readonly Refusal[]>> = {
  mariadb: [
    [
      'to show the history that a table keeps in hidden columns',
      [`create table book (id int primary key) ${versioned}`],
      [`create table book (id int primary key, ${shownHistory}) ${versioned}`],
      'table book',
    ],
  ],
  mysql: [
    [
      'that two tables change the names of their checks with each other',
      ['create table a (x int, constraint one check (x > 0))', 'create table b (x int, constraint two check (x > 1))'],
      ['create table a (x int, constraint two check (x > 1))', 'create table b (x int, constraint one check (x > 0))'],
      'table a',
    ],
  ],
};

describeServers(['mysql', 'mariadb'], 'a plan between two databases', (server) => {
  test('puts what is quick, what copies and what builds in statements of their own', async () => {
    const from = ['create table book (id int primary key, pages int)'];
    const to = ['create table book (id int primary key, pages bigint, title varchar(9), key by_title (title))'];
    await using pair = await openPair(server, from, to);

    const online = await pair.plan({ safe: 'online' });
    const plain = await pair.plan({ safe: 'plain' });

    expect(online.map(({ sql, class: kind }) => [/^alter table `book` (\w+ \w+)/.exec(sql)?.[1], kind])).toEqual([
      ['add column', 'catalog'],
      ['modify column', 'scan'],
      ['add KEY', 'scan'],
    ]);
    expect(plain).toHaveLength(1);
  });

  test('says what a person should know', async () => {
    await using pair = await openPair(
      server,
      ['create table book (id int primary key, pages bigint, gone int)', 'create table old (id int primary key)'],
      ['create table book (id int primary key, pages int, printed date not null)'],
    );

    const plan = await pair.plan();
    const notes = plan.flatMap(({ note }) => note ?? []).join('\n');

    expect(new Set(plan.flatMap(({ loses = [] }) => loses))).toEqual(
      new Set([{ table: '`book`', column: '`gone`' }, { table: '`old`' }]),
    );
    expect(notes).toContain('values of pages that do not fit int');
    expect(notes).toContain('rows that are there get 1970-01-02 in printed');
  });

  test('each statement can be asked for, or run again', async () => {
    await using pair = await openPair(
      server,
      ['create table book (id int primary key, pages int)', 'create table old (id int primary key)'],
      [
        'create table author (id int primary key)',
        'create table book (id int primary key, pages bigint, author int, constraint fk foreign key (author) references author (id))',
        'create view v as select id from book',
        'create procedure p() select 1',
      ],
    );

    for (const { sql, done, repeatable } of await pair.plan()) {
      expect([sql, done !== undefined || repeatable === true]).toEqual([sql, true]);
      if (done !== undefined)
        expect(await pair.changed.dialect.inspector.holds(pair.changed.connection, done)).toBe(false);
      await pair.changed.connection.script(sql);
      if (done !== undefined)
        expect(await pair.changed.dialect.inspector.holds(pair.changed.connection, done)).toBe(true);
    }
    expect(await pair.plan()).toEqual([]);
  });

  test('leaves what holds rows when nothing may be dropped', async () => {
    await using pair = await openPair(
      server,
      [
        'create table old (id int primary key)',
        'create table book (id int primary key, gone int, pages int, key by_gone (gone))',
        'insert into book values (1, 2, 3)',
      ],
      ['create table book (id int primary key, pages bigint)'],
    );

    await pair.converge({ skipDrops: true });

    const { rows } = await pair.changed.connection.run({ sql: 'select id, gone, pages from book' }, []);
    expect(rows.map((row) => row.map(Number))).toEqual([[1, 2, 3]]);
    expect(await pair.plan({ skipDrops: true })).toEqual([]);
    expect((await pair.plan()).map(({ sql }) => sql).join('\n')).toMatch(/drop table `old`/);
  });

  test('does not see the tables that are left out', async () => {
    await using pair = await openPair(
      server,
      [
        'create table ledger (id int primary key)',
        'create trigger t before insert on ledger for each row set new.id = 1',
      ],
      [],
    );

    const structure = await pair.planner.read(pair.changed.connection, { exclude: ['ledger'] });

    expect([...structure.facts.keys()]).toEqual([]);
  });

  test('refuses an object that it does not understand, unless it is on both sides', async () => {
    const unknown = unknownObject[server.variant] ?? [];
    await using pair = await openPair(server, [], unknown);
    await using same = await openPair(server, unknown, unknown);

    expect((await same.read()).opaque).toHaveLength(1);
    expect(await same.plan()).toEqual([]);
    await expect(pair.plan()).rejects.toThrow(expect.objectContaining({ code: 'PLAN_REFUSED' }) as Error);
  });

  for (const [title, from, to, object] of refusals[server.variant] ?? []) {
    test(`refuses ${title}, and names the object`, async () => {
      await using pair = await openPair(server, from, to);

      const refusal = { code: 'PLAN_REFUSED', details: expect.objectContaining({ object }) as object };

      await expect(pair.plan()).rejects.toThrow(expect.objectContaining(refusal) as Error);
    });
  }
});

/** Something that a server has and no fact tells. */
const unknownObject: Readonly<Record<string, readonly string[]>> = {
  mysql: ['create table book (id int primary key, a int not secondary)'],
  mariadb: ["set session sql_mode = 'ORACLE'", 'create package p as function f return int; end'],
};
