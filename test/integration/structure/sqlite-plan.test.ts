import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { pragmaDump, runInMode, sqliteDatabase } from './sqlite-database.ts';

interface Case {
  readonly id: string;
  readonly current: string;
  readonly desired: string;
}

const file = new URL('../../../../shared/cases/sqlite.json', import.meta.url);
const cases = (JSON.parse(readFileSync(file, 'utf8')) as readonly Case[]).flatMap(({ id, current, desired }) => [
  { title: id, from: current, to: desired },
  { title: `${id} and back`, from: desired, to: current },
]);

describeServers(['sqlite'], 'two databases', (server) => {
  test.each(cases)('$title', async ({ from, to }) => {
    await using database = await sqliteDatabase(server, from);
    await using wanted = await sqliteDatabase(server, to);

    await runInMode(database, await database.planTo(wanted));

    expect(await pragmaDump(database)).toEqual(await pragmaDump(wanted));
    expect(await database.planTo(wanted)).toEqual([]);
  });

  test('are equal however they are written', async () => {
    await using database = await sqliteDatabase(
      server,
      `create table Users (Id integer primary key, -- number\n "Name" varchar(10) not null, check ((Name <> '')), unique (name));
       create index by_name on Users(lower("Name") asc) where name is not null;
       create trigger seen before insert on users for each row begin select 1; end;
       create view all_users as select Id from Users`,
    );
    await using wanted = await sqliteDatabase(
      server,
      `create table Users(Id INTEGER PRIMARY KEY, Name VARCHAR( 10 ) NOT NULL UNIQUE CHECK (Name <> ''));
       CREATE INDEX by_name ON users (LOWER(Name)) WHERE Name IS NOT NULL;
       create trigger seen insert on Users begin SELECT 1; end;
       create view all_users as SELECT Id\n from "Users"`,
    );

    expect(await database.planTo(wanted)).toEqual([]);
    expect(await wanted.planTo(database)).toEqual([]);
  });

  test('columns come and go in place where SQLite can do it', async () => {
    await using database = await sqliteDatabase(
      server,
      'create table t (a int, b int); create view v as select a from t; create view w as select b from t',
    );
    await using wanted = await sqliteDatabase(
      server,
      `create table t (a int, c text not null default 'x'); create view v as select a from t`,
    );

    const steps = await database.planTo(wanted);

    expect(steps.map(({ sql }) => sql)).toEqual([
      'drop view "w"',
      `alter table "t" add column c text not null default 'x'`,
      'alter table "t" drop column "b"',
    ]);
  });

  test('what holds rows stays when nothing may be dropped', async () => {
    await using database = await sqliteDatabase(
      server,
      `create table kept (a int); create index kept_a on kept (a); create table t (a int, old text default 'x');
       insert into kept values (1); insert into t values (1, 'y')`,
    );
    await using wanted = await sqliteDatabase(server, 'create table t (a int not null)');
    const { structures, connection } = database;
    const read = async (): ReturnType<typeof structures.read> => await structures.read(connection);
    const to = await structures.read(wanted.connection);

    await runInMode(database, structures.plan(await read(), to, { skipDrops: true }));

    expect(await database.rows('select a, old from t')).toEqual([[1, 'y']]);
    expect(await database.rows('select a from kept indexed by kept_a')).toEqual([[1]]);
    expect(structures.plan(await read(), to, { skipDrops: true })).toEqual([]);
  });

  test('a virtual table whose options change is filled again', async () => {
    await using database = await sqliteDatabase(
      server,
      `create virtual table f using fts5 (title, body); insert into f values ('running', 'x'), ('b', 'y');
       create table docs (id integer primary key, t text); insert into docs values (4, 'walking');
       create virtual table d using fts5 (t, content = 'docs', content_rowid = 'id')`,
    );
    await using wanted = await sqliteDatabase(
      server,
      `create virtual table f using fts5 (title, body, tokenize = 'porter');
       create table docs (id integer primary key, t text);
       create virtual table d using fts5 (t, content = 'docs', content_rowid = 'id', tokenize = 'porter')`,
    );

    await runInMode(database, await database.planTo(wanted));

    expect(await database.rows(`select title from f where f match 'run'`)).toEqual([['running']]);
    expect(await database.rows(`select rowid from d where d match 'walk'`)).toEqual([[4]]);
    expect(await database.planTo(wanted)).toEqual([]);
  });

  test('a virtual table that keeps no rows to copy is refused', async () => {
    await using database = await sqliteDatabase(server, `create virtual table f using fts5 (a, content = '')`);
    await using wanted = await sqliteDatabase(server, `create virtual table f using fts5 (a, b, content = '')`);

    await expect(database.planTo(wanted)).rejects.toMatchObject({
      code: 'PLAN_REFUSED',
      details: { object: 'virtual table f' },
    });
  });

  test('a table is left out with all that belongs to it', async () => {
    await using database = await sqliteDatabase(
      server,
      'create table ledger (a int unique); create index ledger_a on ledger (a); create table t (a int)',
    );

    const { facts } = await database.structures.read(database.connection, { exclude: ['LEDGER'] });

    expect([...facts.keys()]).toEqual(['table t']);
  });

  test('strings in double quotes are strings, also once SQLite has spelled them anew', async () => {
    const create = (column: string): string => `
      create table "note" ("the text" text default "none"${column}, kind text check (kind in ("plain", 'rich')), first text generated always as (json_extract("the text", "$.first")));
      create index by_kind on note (kind, ("k" || kind)) where kind <> "plain";
      create view shown ("as shown", is_old) as with "old" ("what") as (select "kind" from note) select "what" as "name", "yes" as is_old from "old" as "o" where "o"."what" <> "rich";
      create trigger kept before delete on note when old.kind = "kept" begin select raise(abort, "it is kept"); end;`;
    await using database = await sqliteDatabase(server, '');
    await using wanted = await sqliteDatabase(server, '');
    for (const [made, column] of [
      [database, ', gone int'],
      [wanted, ''],
    ] as const) {
      using file = new DatabaseSync(new URL(made.url).pathname, { enableDoubleQuotedStringLiterals: true });
      file.exec(create(column));
      if (made === database) file.exec('alter table note drop column gone');
    }

    expect(await database.rows(`select sql like '%''plain''%' from sqlite_schema where name = 'note'`)).toEqual([[1]]);
    expect(await database.planTo(wanted)).toEqual([]);
    expect(await wanted.planTo(database)).toEqual([]);

    await using anew = await sqliteDatabase(server, '');
    await runInMode(
      anew,
      (await anew.planTo(wanted)).filter(({ sql }) => !/shown|kept/.test(sql)),
    );
    expect(await anew.rows(`select count(*) from sqlite_schema where name in ('note', 'by_kind')`)).toEqual([[2]]);
  });
});
