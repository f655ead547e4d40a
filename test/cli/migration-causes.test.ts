import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sql } from '../../src/sql/sql.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { describeEachServer, describeServers } from '../servers/describe-each-server.ts';
import { makeAccount } from '../servers/make-account.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { contentsOf, makeShop, revisionFile, variablesFor } from './shop-project.ts';

const note = revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'note', [
  { kind: 'raw-sql', up: { any: 'create table note (id integer)' } },
]);

test('a SQLite database that another writer holds is named, and changed once it is free', async () => {
  const directory = makeShop({ 'migrations/2026-01-02_note_bbbbbbbbbbbb.ts': note });
  const variables = { DATABASE_URL: 'sqlite:///app.db' };
  await runCli(directory, ['up', '+1'], variables);
  const writer = new DatabaseSync(join(directory, 'app.db'));
  writer.exec('begin immediate');

  const said = await refusal(directory, ['up', '--retry-for', '0'], variables);
  writer.exec('rollback');
  writer.close();

  expect(said).toMatchObject({
    exitCode: 1,
    code: 'LOCK_TIMEOUT',
    message: 'app: revision bbbbbbbbbbbb (note): another connection holds the database',
    hint: 'end what holds it, or let `--retry-for` try for longer; `rowhouse current` tells how far it came',
  });
  const after = await runCli(directory, ['up'], variables);
  expect(after).toMatchObject({ exitCode: 0, stdout: 'applied bbbbbbbbbbbb  note\n' });
});

describeEachServer('a table that is there already', (server) => {
  test('stops the migration, is named, and the hint says how to go on', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);
    await database.execute(sql`create table product (id integer primary key)`);

    const said = await refusal(makeShop(), ['up'], variablesFor(temporary.url));

    expect(said).toMatchObject({
      exitCode: 1,
      code: 'OBJECT_EXISTS',
      message: expect.stringMatching(/^app: revision aaaaaaaaaaaa.*\bproduct\b.* already/) as string,
      hint: 'adopt an existing database with `rowhouse pull`, or record its state with `rowhouse stamp`',
    });
    const { tables } = await contentsOf(temporary.url);
    expect(tables.find(({ name }) => name === 'product')?.columns.map(({ name }) => name)).toEqual(['id']);
  });
});

describeServers(['postgresql', 'mysql', 'mariadb'], 'an account that may not make tables', (server) => {
  test('is told so, and which account could', async () => {
    await using temporary = await server.database();
    await using account = await makeAccount(server, temporary.url);

    const said = await refusal(makeShop(), ['up'], variablesFor(account.url));

    expect(said).toMatchObject({
      exitCode: 1,
      code: 'PERMISSION_DENIED',
      message: expect.stringMatching(/permission denied for schema public|CREATE command denied to user/) as string,
      hint: 'migrations need an account that may change definitions; MIGRATION_DB_USER names one of their own',
    });
    expect((await contentsOf(temporary.url)).tables).toEqual([]);
  });
});
