import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { runInMode, sqliteDatabase } from './sqlite-database.ts';

const shop = (price: string): string => `
  create table maker (
    id integer primary key autoincrement,
    name text not null collate nocase,
    price ${price},
    label text generated always as (name || '!') stored,
    check (length(name) > 1)
  ) strict;
  create table part (id integer primary key, maker int not null references maker (id) on delete cascade, name text);
  create table log (what text, maker int);
  create unique index maker_name on maker (name) where price is not null;
  create index maker_lower on maker (lower(name) desc, id);
  create view dear (who) as select name from maker where price > 5;
  create view dearest as select who from dear;
  create trigger maker_gone before delete on maker begin insert into log values ('gone', old.id); end;
  create trigger part_new after insert on part begin insert into log select 'new; part', id from maker where id = new.maker; end;
  create trigger dear_new instead of insert on dear begin insert into maker (name, price) values (new.who, 6); end;`;

const rows = `
  insert into maker (id, name, price) values (1, 'Anna', 3), (2, 'Berta', 7), (9, 'Cora', 9);
  delete from maker where id = 9;
  insert into part values (10, 1, 'wheel'), (11, 2, 'axle');
  delete from log`;

describeServers(['sqlite'], 'a table that is made anew', (server) => {
  test('keeps its rows, its children and all that hangs on it', async () => {
    await using database = await sqliteDatabase(server, `${shop('integer')}; ${rows}`);
    await using wanted = await sqliteDatabase(server, shop('real not null default 1'));
    const others = `select type, name, sql from sqlite_schema where type <> 'table' and sql is not null order by name`;
    const before = await database.rows(others);

    await runInMode(database, await database.planTo(wanted));

    expect(await database.planTo(wanted)).toEqual([]);
    expect(await database.rows(others)).toEqual(before);
    expect(before).toHaveLength(7);
    expect(await database.rows('select id, name, price, label from maker order by id')).toEqual([
      [1, 'Anna', 3, 'Anna!'],
      [2, 'Berta', 7, 'Berta!'],
    ]);
    expect(await database.rows('select id, maker, name from part order by id')).toEqual([
      [10, 1, 'wheel'],
      [11, 2, 'axle'],
    ]);
    expect(await database.rows('select what from log')).toEqual([]);
    expect(await database.rows('pragma foreign_keys')).toEqual([[1]]);
  });

  test('works as the old one did', async () => {
    await using database = await sqliteDatabase(server, `${shop('integer')}; ${rows}`);
    await using wanted = await sqliteDatabase(server, shop('real'));
    const { connection } = database;

    await runInMode(database, await database.planTo(wanted));

    await connection.script(`insert into dear values ('Dora')`);
    expect(await database.rows(`select id, price from maker where name = 'dORA'`)).toEqual([[10, 6]]); // 9 was given
    await expect(connection.script(`insert into maker (name) values ('x')`)).rejects.toThrow(/CHECK/);
    await expect(connection.script(`insert into maker (name, price) values ('ANNA', 1)`)).rejects.toThrow(/UNIQUE/);
    await expect(connection.script(`insert into maker (name, price) values ('Emil', 'dear')`)).rejects.toThrow(/REAL/);
    await connection.script('delete from maker where id = 1');
    expect(await database.rows('select id from part')).toEqual([[11]]);
    expect(await database.rows('select what, maker from log')).toEqual([['gone', 1]]);
  });

  test('gives nulls the default of a column that must have a value, and says so', async () => {
    await using database = await sqliteDatabase(
      server,
      `create table t (a text, b int, c text); insert into t values (null, null, 'x'), ('', 0, null)`,
    );
    await using wanted = await sqliteDatabase(
      server,
      `create table t (a text not null default none, b int not null default (1 + 1), c text, d text not null default '-')`,
    );

    const steps = await database.planTo(wanted);
    await runInMode(database, steps);

    expect(steps.flatMap(({ note }) => note ?? [])).toEqual([
      'copies all rows of t; a null in a becomes its default; a null in b becomes its default',
    ]);
    expect(await database.rows('select * from t')).toEqual([
      ['none', 2, 'x', '-'],
      ['', 0, null, '-'],
    ]);
  });

  test('keeps the number of each row that has no name', async () => {
    await using database = await sqliteDatabase(
      server,
      `create table t (a text); insert into t values ('a'), ('b'), ('c'); delete from t where a = 'b'`,
    );
    await using wanted = await sqliteDatabase(server, 'create table t (a text not null)');

    await runInMode(database, await database.planTo(wanted));

    expect(await database.rows('select rowid, a from t')).toEqual([
      [1, 'a'],
      [3, 'c'],
    ]);
  });

  test('stays the old one when a row would refer to nothing', async () => {
    await using database = await sqliteDatabase(
      server,
      `create table p (id integer primary key); create table c (p int); insert into p values (1); insert into c values (1), (2)`,
    );
    await using wanted = await sqliteDatabase(
      server,
      'create table p (id integer primary key); create table c (p int references p (id))',
    );
    const steps = await database.planTo(wanted);
    const before = await database.rows('select sql from sqlite_schema');

    await expect(runInMode(database, steps)).rejects.toThrow('1 rows would dangle');

    expect(await database.rows('select sql from sqlite_schema')).toEqual(before);
    expect(await database.rows('select p from c')).toEqual([[1], [2]]);
    expect(await database.planTo(wanted)).toEqual(steps);
  });

  const parents = [
    ['a numbered key', 'p (id integer primary key)', '(id)', 1],
    ['its key, unnamed', 'p (id integer primary key)', '', 1],
    ['a key of two columns', 'p (id int, b int default 1, primary key (b, id))', '(ID, b)', 1],
    ['a unique constraint', 'p (id int unique)', '(id)', 1],
    ['nothing that is a key', 'p (id int)', '(id)', 0],
    ['a partial index', 'p (id int); create unique index i on p (id) where id > 0', '(id)', 0],
  ] as const;

  test.each(parents)('is looked through for rows that refer to nothing: %s', async (_, parent, columns, found) => {
    const own = columns.includes(',') ? 'id, b' : 'id';
    await using database = await sqliteDatabase(
      server,
      `create table ${parent}; create table c (id int, b int default 1, foreign key (${own}) references p ${columns});
       insert into p (id) values (1); insert into c (id) values (1), (2), (null);
       create table lone (x int references gone); insert into lone values (null)`,
    );

    expect(await database.rows(database.dialect.sessions.rebuild?.check ?? '')).toHaveLength(found);
  });

  test('stays the old one when a row has no value for it', async () => {
    await using database = await sqliteDatabase(
      server,
      'create table t (a text, b int); insert into t values (null, 1)',
    );
    await using wanted = await sqliteDatabase(server, 'create table t (a text not null, b int)');

    await expect(runInMode(database, await database.planTo(wanted))).rejects.toThrow(/NOT NULL/);

    expect(await database.rows('select a, b from t')).toEqual([[null, 1]]);
    expect(await database.rows('select name from sqlite_schema')).toEqual([['t']]);
  });

  test('stays the old one when the process dies between the copy and the swap', async () => {
    await using database = await sqliteDatabase(server, `${shop('integer')}; ${rows}`);
    await using wanted = await sqliteDatabase(server, shop('real'));
    const steps = await database.planTo(wanted);
    const before = await database.rows('select sql from sqlite_schema');
    const swap = steps.findIndex(({ sql }) => sql.startsWith('alter table'));
    const file = decodeURIComponent(new URL(database.url).pathname);

    const program = `
      const [file, ...steps] = process.argv.slice(1);
      const database = new (require('node:sqlite').DatabaseSync)(file);
      for (const sql of ['pragma foreign_keys = off', 'begin immediate', ...steps]) database.exec(sql);
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawnSync(process.execPath, ['-e', program, file, ...steps.slice(0, swap).map(({ sql }) => sql)]);

    expect(child.signal).toBe('SIGKILL');
    expect(steps.slice(0, swap).some(({ sql }) => sql === 'drop table "maker"')).toBe(true);
    expect(await database.rows('select sql from sqlite_schema')).toEqual(before);
    expect(await database.rows('select count(*) from maker')).toEqual([[2]]);
    expect(await database.rows('select count(*) from part')).toEqual([[2]]);
  });
});
