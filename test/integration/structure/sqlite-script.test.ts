import { expect, test } from 'vitest';
import { sqliteScript } from '../../../src/dialects/sqlite/script-syntax.ts';
import { renderScript } from '../../../src/migration/script/render-script.ts';
import { splitStatements } from '../../../src/migration/script/split-statements.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { sqliteDatabase, type SqliteDatabase } from './sqlite-database.ts';

/** Runs a script as the shell of SQLite does: it tells of errors and goes on. */
async function runOn({ connection }: SqliteDatabase, script: string): Promise<readonly string[]> {
  const errors: string[] = [];
  for (const sql of splitStatements(script, sqliteScript)) {
    await connection.script(sql).catch((error: unknown) => errors.push(String(error)));
  }
  return errors;
}

async function scriptTo(database: SqliteDatabase, wanted: SqliteDatabase): Promise<string> {
  return renderScript(await database.planTo(wanted), database.dialect);
}

const everything = `select type, name, sql from sqlite_schema order by type, name`;

describeServers(['sqlite'], 'a script that nobody watches', (server) => {
  test('makes a table anew and leaves nothing of its own', async () => {
    await using database = await sqliteDatabase(
      server,
      `create table a (id integer primary key, v text); insert into a values (1, 'x'), (2, 'y')`,
    );
    await using wanted = await sqliteDatabase(server, 'create table a (id integer primary key, v text not null)');

    const errors = await runOn(database, await scriptTo(database, wanted));

    expect(errors).toEqual([]);
    expect(await database.planTo(wanted)).toEqual([]);
    expect(await database.rows('select v from a order by id')).toEqual([['x'], ['y']]);
    expect(await database.rows('select name from sqlite_temp_schema')).toEqual([]);
    expect(await database.rows('pragma foreign_keys')).toEqual([[1]]);
  });

  test.each([
    ['a row that the new table does not take', `insert into a values (1, null)`, `v text not null`, ''],
    ['a reference that leads nowhere', `insert into a values (1, 'x'); insert into b values (7)`, `v blob`, ''],
    [
      'a name that something else has meanwhile',
      `insert into a values (1, 'x')`,
      `v blob`,
      `create table a_rowhouse_new (other int)`,
    ],
  ])('changes nothing because of %s, though the client goes on', async (_, rows, column, meanwhile) => {
    const child = 'create table b (a int references a (id))';
    await using database = await sqliteDatabase(
      server,
      `create table a (id integer primary key, v text); ${child}; create table gone (v); ${rows}`,
    );
    await using wanted = await sqliteDatabase(server, `create table a (id integer primary key, ${column}); ${child}`);
    const script = await scriptTo(database, wanted);
    await database.connection.script(meanwhile);
    const before = [await database.rows(everything), await database.rows('select * from a')];

    const errors = await runOn(database, script);

    expect(errors.join('\n')).toContain('rows_and_references_are_kept');
    expect([await database.rows(everything), await database.rows('select * from a')]).toEqual(before);
    expect(await database.rows('pragma foreign_keys')).toEqual([[1]]);
  });

  test('takes fewer rows where the new table says that it passes over them', async () => {
    await using database = await sqliteDatabase(server, `create table a (v text); insert into a values (1), (1), (2)`);
    await using wanted = await sqliteDatabase(server, 'create table a (v text unique on conflict ignore)');

    const errors = await runOn(database, await scriptTo(database, wanted));

    expect(errors).toEqual([]);
    expect(await database.rows('select v from a order by v')).toEqual([['1'], ['2']]);
  });
});
