import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { makeProject, runCli, type CliResult } from './run-cli.ts';

/** A directory with Chinook in `chinook.db`. */
function chinookProject(): string {
  const directory = makeProject({});
  const database = new DatabaseSync(join(directory, 'chinook.db'));
  database.exec(readFileSync('../shared/data/chinook/sqlite.sql', 'utf8'));
  database.close();
  return directory;
}

const environment = { DATABASE_URL: 'sqlite:///chinook.db' };

describe('an existing database', () => {
  test('becomes a project whose first revision is applied, and says what was not read', async () => {
    const directory = chinookProject();

    const pulled = await runCli(directory, ['pull'], environment);

    expect(pulled).toMatchObject({ exitCode: 0 });
    expect(pulled.stdout).toContain('11 tables, 0 views');
    expect(pulled.stdout).toContain('everything has a builder');
    expect(pulled.stdout).toContain('not read: owners, privileges, tablespaces and server settings');
    expect((await runCli(directory, ['current'], environment)).stdout).toMatch(/^at [0-9a-f]{12}, nothing pending\n$/);
    expect((await runCli(directory, ['revision', '--autogenerate', '-m', 'x'], environment)).stdout).toContain(
      'no difference',
    );
    expect(await runCli(directory, ['pull'], environment)).toMatchObject({ exitCode: 2 });
  });

  test('agrees with what was pulled from it, however it was written, and goes on doing so', async () => {
    const directory = makeProject({});
    const file = join(directory, 'own.db');
    using database = new DatabaseSync(file);
    database.exec(`
      create table node (
        id integer primary key, parent_id int references node on delete cascade, code varchar(20) unique,
        amount int check (amount > 0), count integer default 1 not null, name text collate nocase, price numeric,
        created datetime default current_timestamp, doc json, flag bool default 0,
        doubled int generated always as (amount * 2) virtual, untyped,
        check (amount < count or amount > 2), unique (name, code));
      create table tag (label text primary key, weight int) without rowid;
      create table exact (id int primary key, label text not null, extra any) strict;
      create table node_tag (node_id integer references node(id), label references tag, primary key (node_id, label));
      create index node_open on node (created desc) where flag = 0;
      create index node_lower on node (lower(name), code collate nocase);
      create view busy as select n.id, n.name || ':' || t.label as title, count(*), upper(n.code)
        from node n join node_tag t on t.node_id = n.id group by 1, 2;
      create trigger node_seen after insert on node begin update tag set weight = weight + 1; end;
      insert into node (id, amount, price, created) values (1, 3, 10, 1700000000)`);
    const run = async (...words: readonly string[]): Promise<CliResult> =>
      await runCli(directory, words, { DATABASE_URL: 'sqlite:///own.db' });
    const agrees = async (): Promise<void> => {
      expect(await run('check')).toMatchObject({ exitCode: 0, stdout: 'schema, revisions and database agree\n' });
      expect(await run('drift', '--exit-code')).toMatchObject({ exitCode: 0, stdout: 'no drift\n' });
    };

    expect(await run('pull')).toMatchObject({ exitCode: 0 });

    await agrees();
    for (const side of ['schema.ts', 'migrations']) {
      const diff = await run('diff', '--from', 'sqlite:///own.db', '--to', side, '--exit-code');
      expect(diff).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    }
    expect((await run('revision', '--autogenerate', '-m', 'x')).stdout).toContain('no difference');
    expect(await run('deploy')).toMatchObject({ exitCode: 0 });
    const schema = join(directory, 'schema.ts');
    writeFileSync(schema, readFileSync(schema, 'utf8').replace(/^ *check\('node_amount_check'.*\n/m, ''));
    expect(await run('revision', '--autogenerate', '-m', 'any amount')).toMatchObject({ exitCode: 0 });
    expect(await run('up')).toMatchObject({ exitCode: 0 });
    await agrees();
    expect(database.prepare('select typeof(price) as price, typeof(created) as created from node').all()).toEqual([
      { price: 'integer', created: 'integer' },
    ]);
    database.exec('alter table tag add column made_by_hand int');
    expect(await run('drift', '--exit-code')).toMatchObject({ exitCode: 3 });
  });

  test('is copied with counts and hashes that are equal, from a URL in a variable', async () => {
    const directory = chinookProject();

    const copied = await runCli(directory, ['copy', '--from', 'env:SOURCE', '--to', 'sqlite:///copy.db', '--json'], {
      SOURCE: environment.DATABASE_URL,
    });

    expect(copied).toMatchObject({ exitCode: 0 });
    const { tables } = JSON.parse(copied.stdout) as { tables: readonly { rows: number }[] };
    expect(tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(15_607);
  });
});
