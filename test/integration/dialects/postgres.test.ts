import { readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { emptyCatalog, type Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { make, openConnection, type OpenConnection } from './open-connection.ts';

const everything = new URL('fixtures/postgres-everything.sql', import.meta.url);
const sakila = new URL('../../../../shared/data/sakila/postgres-schema.sql', import.meta.url);
const namespaces = ['billing', 'We"ird'];

describeServers(['postgresql'], 'a PostgreSQL database', (server) => {
  test.each([
    ['many kinds of objects', everything, ['cycle', 'no inherit', 'partition by', 'inherits', 'security_barrier']],
    ['Sakila', sakila, ['tsvector_update_trigger', 'aggregate group_concat', 'inherits', 'do instead']],
  ])('with %s is made again from its inspection', async (_, file, words) => {
    await using original = await server.database();
    await using copy = await server.database();
    await using first = await load(original.url, file);
    await using second = await openConnection(copy.url);
    const reported = await first.dialect.inspector.inspect(first.connection, { namespaces: found(file) });

    await make(second, reported);

    expect(await second.dialect.inspector.inspect(second.connection, { namespaces: found(file) })).toEqual(reported);
    const text = JSON.stringify(reported.raw).toLowerCase();
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });

  test('with what it cannot print says so instead of leaving it out', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    await open.connection.script('create operator === (leftarg = integer, rightarg = integer, function = int4eq)');

    const { raw } = await open.dialect.inspector.inspect(open.connection);

    expect(raw.map(({ type, create }) => [type, create])).toEqual([['operator', {}]]);
    expect(() =>
      raw.map((object) => open.dialect.definition.compile({ kind: 'create-raw', object }, emptyCatalog)),
    ).toThrow(expect.objectContaining({ code: 'CAPABILITY_MISSING' }));
  });

  test('with a thousand tables is inspected whole', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    await open.connection.script(`do $$ begin for n in 1..1000 loop
      execute format('create table t%s (id bigint generated always as identity primary key, name text not null default %L,
        parent bigint references t%s, amount numeric(10, 2) check (amount > 0), unique (name))', n, 'x', greatest(n - 1, 1));
      execute format('create index on t%s (parent)', n);
    end loop; end $$`);

    const catalog = await open.dialect.inspector.inspect(open.connection);

    expect(catalog.tables).toHaveLength(1000);
  });

  test('has virtual columns from version 18 on, and says so before', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    const half: Column = {
      name: 'half',
      type: { kind: 'integer' },
      nullable: true,
      generated: { expression: textExpression('(whole / 2)'), stored: false },
    };
    const whole: Column = { name: 'whole', type: { kind: 'integer' }, nullable: false };
    const lists = { uniques: [], foreignKeys: [], checks: [], indexes: [] };
    const catalog: Catalog = { ...emptyCatalog, tables: [{ name: 't', columns: [whole, half], ...lists }] };

    if (Number.parseInt(server.version, 10) < 18) {
      await expect(make(open, catalog)).rejects.toMatchObject({
        code: 'CAPABILITY_MISSING',
        details: { object: 't.half' },
      });
      return;
    }
    await make(open, catalog);
    expect(await open.dialect.inspector.inspect(open.connection)).toEqual(catalog);
  });

  test('refuses a name that the server would cut', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    const change = { kind: 'create-namespace', name: 'é'.repeat(32) } as const;

    expect(() => open.dialect.definition.compile(change, emptyCatalog)).toThrow(
      expect.objectContaining({ code: 'CAPABILITY_MISSING' }),
    );
  });

  test('holds a lock by name for one session at a time', async () => {
    await using database = await server.database();
    await using first = await openConnection(database.url);
    await using second = await openConnection(database.url);

    expect(await first.dialect.locks?.tryAcquire(first.connection, 'migration')).toBe(true);
    expect(await second.dialect.locks?.tryAcquire(second.connection, 'migration')).toBe(false);
    await first.dialect.locks?.release(first.connection, 'migration');
    expect(await second.dialect.locks?.tryAcquire(second.connection, 'migration')).toBe(true);
    await second.dialect.locks?.release(second.connection, 'migration');
  });

  test('tells whether a transaction took place', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    await open.connection.script('create table t (a integer)');
    const outcome = open.dialect.sessions.commitOutcome;
    const write = async (end: string): Promise<unknown> => {
      for (const sql of open.dialect.sessions.begin({ isolation: 'serializable', statementTimeoutMs: 5_000 }))
        await open.connection.script(sql);
      await open.connection.script('insert into t values (1)');
      const { rows } = await open.connection.run({ sql: outcome?.number ?? '' }, []);
      await open.connection.script(end);
      return (await open.connection.run({ sql: outcome?.status ?? '' }, [rows[0]?.[0]])).rows[0]?.[0];
    };

    expect(await write('commit')).toBe('committed');
    expect(await write('rollback')).toBe('aborted');
  });

  test.each([
    [
      'insert into child values (1, 5)',
      'FOREIGN_KEY_VIOLATION',
      { table: 'child', constraint: 'child_parent_fkey', columns: ['parent'] },
    ],
    [
      `insert into parent values (1, 'secret')`,
      'UNIQUE_VIOLATION',
      { table: 'parent', constraint: 'parent_pkey', columns: ['id'] },
    ],
    [`insert into parent values (2, null)`, 'NOT_NULL_VIOLATION', { table: 'parent', columns: ['name'] }],
    [`insert into parent values (-1, 'secret')`, 'CHECK_VIOLATION', { table: 'parent', constraint: 'parent_id_check' }],
    [`select 'secret'::integer`, 'VALUE_INVALID', {}],
    [`insert into parent values (2, repeat('secret', 9))`, 'VALUE_INVALID', {}],
    ['select * from nowhere', 'OBJECT_MISSING', {}],
    ['create table parent ()', 'OBJECT_EXISTS', {}],
    [`selct 'secret'`, 'STATEMENT_FAILED', {}],
    [`set statement_timeout = 20; select pg_sleep(5)`, 'STATEMENT_TIMEOUT', {}],
    [`begin read only; create table x ()`, 'READ_ONLY', {}],
    [`select pg_terminate_backend(pg_backend_pid())`, 'CONNECTION_LOST', {}],
  ])('answers %s with %s', async (sql, code, details) => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    await open.connection
      .script(`create table parent (id integer primary key check (id > 0), name varchar(20) not null);
      create table child (id integer, parent integer constraint child_parent_fkey references parent);
      insert into parent values (1, 'a')`);

    const error = await failure(open, sql);

    expect({ code: error.code, details: error.details }).toMatchObject({ code, details });
    expect(error.message).not.toContain('secret');
    expect(JSON.stringify(error)).not.toContain('secret');
  });
});

async function load(url: string, file: URL): Promise<OpenConnection> {
  const open = await openConnection(url);
  await open.connection.script(await readFile(file, 'utf8'));
  // a dump leaves its own settings behind
  await open.connection.script('reset all');
  return open;
}

function found(file: URL): readonly string[] {
  return file === everything ? namespaces : [];
}

async function failure({ connection, dialect }: OpenConnection, sql: string): Promise<RowhouseError> {
  try {
    await connection.script(sql);
  } catch (error) {
    return dialect.errors.translate(error, { during: 'statement' });
  }
  throw new Error(`it worked: ${sql}`);
}
