import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { isLocal, type Connection, type LocalConnection, type Result } from '../../src/driver/connection.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { caught } from './caught.ts';
import { getDriver, onConnection } from './open-driver.ts';
import { targetOf } from './target-of.ts';

describeServers(['sqlite'], 'driver of sqlite', (server) => {
  test('a connection sets what the file does not keep', async () => {
    await onConnection(server, async (connection) => {
      const pragmas = ['journal_mode', 'foreign_keys', 'synchronous', 'busy_timeout'];
      const values: unknown[] = [];
      for (const name of pragmas) values.push((await connection.run({ sql: `pragma ${name}` }, [])).rows[0]?.[0]);
      expect(values).toEqual(['wal', 1, 1, 5000]);
    });
  });

  test('errors carry the extended result code', async () => {
    await onConnection(server, async (connection) => {
      await connection.script(`create table parent (id integer primary key);
        create table t (a integer unique, b integer not null check (b > 0), c integer references parent (id))`);
      await connection.run({ sql: 'insert into t values (1, 1, null)' }, []);
      const code = async (sql: string, values: readonly unknown[] = []): Promise<unknown> =>
        await caught(async () => await connection.run({ sql }, values));

      expect(await code('insert into t values (1, 1, null)')).toMatchObject({ errcode: 2067 });
      expect(await code('insert into t values (2, null, null)')).toMatchObject({ errcode: 1299 });
      expect(await code('insert into t values (2, -1, null)')).toMatchObject({ errcode: 275 });
      expect(await code('insert into t values (2, 1, 1)')).toMatchObject({ errcode: 787 });
      expect(await code('insert into parent (id) values (?)', ['x'])).toMatchObject({ errcode: 20 });
      expect(await code('nonsense')).toMatchObject({ errcode: 1 });
      expect(await code('select 1; select 2')).toMatchObject({ errcode: 1 });
      expect(await code('select ?, ?', [1])).toMatchObject({ errcode: 25 });
      expect(await code('select ?', [1, 2])).toMatchObject({ errcode: 25 });
    });
  });

  test('a file that cannot be opened is an error that says so', async () => {
    await onConnection(server, async (_connection, url) => {
      const { database } = targetOf(url);
      const open = async (path: string, parameters: Readonly<Record<string, string>> = {}): Promise<unknown> =>
        await caught(
          async () => await (await getDriver(server.driver)).connect({ ...targetOf(url), database: path, parameters }),
        );

      expect(await open(`${database}.nowhere/a.db`)).toMatchObject({ errcode: 14 });
      expect(await open(`${database}.missing`, { mode: 'rw' })).toMatchObject({ errcode: 14 });
      expect(await open(`${database}.missing`, { mode: 'ro' })).toMatchObject({ errcode: 14 });
      await writeFile(`${database}.text`, 'this is some text and no database '.repeat(100));
      expect(await open(`${database}.text`)).toMatchObject({ errcode: 26 });
      expect(await open(database, { mode: 'maybe' })).toMatchObject({ code: 'CONFIG_INVALID' });
      expect(await open(database, { busy_timeout: 'long' })).toMatchObject({ code: 'CONFIG_INVALID' });
    });
  });

  test('a read-only connection reads and cannot write', async () => {
    await onConnection(server, async (connection, url) => {
      await connection.script('create table t (a integer); insert into t values (1)');
      const reader = await (await getDriver(server.driver)).connect({ ...targetOf(url), parameters: { mode: 'ro' } });

      expect((await reader.run({ sql: 'select a from t' }, [])).rows).toEqual([[1]]);
      expect(await caught(async () => await reader.run({ sql: 'delete from t' }, []))).toMatchObject({ errcode: 8 });

      await reader.close();
    });
  });

  test('a writer waits for the lock as long as it is told to', async () => {
    await onConnection(server, async (connection, url) => {
      const parameters = { busy_timeout: '120' };
      const second = await (await getDriver(server.driver)).connect({ ...targetOf(url), parameters });
      await connection.run({ sql: 'begin immediate' }, []);
      const started = performance.now();

      expect(await caught(async () => await second.run({ sql: 'begin immediate' }, []))).toMatchObject({ errcode: 5 });
      expect(performance.now() - started).toBeGreaterThanOrEqual(100);

      await connection.run({ sql: 'rollback' }, []);
      await second.close();
    });
  });

  test('the functions that the dialect needs are there, in checks and indexes too', async () => {
    await onConnection(server, async (connection) => {
      await connection.script(`create table t (word text check (rowhouse_lower(word) = word), d decimal_text);
        create index t_d on t (rowhouse_decimal(d))`);
      const numbers = ['-1e2', '-99.5', '-0.001', '0', '0.0009', '0.001', '9', '10', '10.5', '1' + '0'.repeat(129)];
      for (const d of numbers.toReversed()) await connection.run({ sql: 'insert into t values (?, ?)' }, ['é', d]);

      const { rows } = await connection.run({ sql: 'select d from t order by rowhouse_decimal(d)' }, []);

      expect(rows.flat()).toEqual(numbers);
      expect(
        await caught(async () => await connection.run({ sql: "insert into t values ('É', '1')" }, [])),
      ).toMatchObject({
        errcode: 275,
      });
    });
  });

  test('a database in memory is one for each connection', async () => {
    const driver = await getDriver(server.driver);
    const target = { database: ':memory:', tls: { mode: 'disable' }, connectTimeoutMs: 1_000 } as const;
    const [one, two] = [await driver.connect(target), await driver.connect(target)];
    await one.script('create table t (a integer)');
    expect(await caught(async () => await two.run({ sql: 'select a from t' }, []))).toMatchObject({ errcode: 1 });
    await Promise.all([one.close(), two.close()]);
  });

  test('a returning statement that changes nothing changed nothing, and a stale count is not reported', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (a integer); insert into t values (1), (2)');
      const changes = async (sql: string): Promise<number> => (await connection.run({ sql }, [])).changes;
      expect(await changes('update t set a = a where a > 5 returning a')).toBe(0);
      expect(await changes('delete from t where a = 1')).toBe(1);
      expect(await changes("select 'returning' from t")).toBe(0);
      expect(await changes('create table u (a integer)')).toBe(0);
      expect(await changes('/* why */ insert into u values (1)')).toBe(1);
    });
  });

  test('a statement that is run now gives the same, and fails with the same', async () => {
    await onConnection(server, async (connection) => {
      const local = localOf(connection);
      const insert = { sql: 'insert into t values (?) returning a' };
      await connection.script('create table t (a integer unique)');

      const answer = local.runNow(insert, [1]);

      expect(answer).toEqual({ rows: [[1]], fields: ['a'], changes: 1 });
      expect(await caught(async () => await connection.run(insert, [1]))).toMatchObject({ errcode: 2067 });
      expect(() => local.runNow(insert, [1])).toThrow(expect.objectContaining({ errcode: 2067 }));
    });
  });

  test('a statement for one row looks for no second, but a write comes to its end', async () => {
    await onConnection(server, async (connection) => {
      await connection.script(`create table parent (id integer primary key);
        create table child (id integer primary key, parent integer references parent deferrable initially deferred);
        insert into parent values (1), (2)`);
      const run = async (sql: string): Promise<Result> => await connection.run({ sql, oneRow: true }, []);

      expect(await run('select id from parent order by id')).toEqual({ rows: [[1]], fields: ['id'], changes: 0 });
      expect((await run('select id from parent where id = 7')).rows).toEqual([]);
      expect((await run('update parent set id = id + 10 returning id')).rows).toEqual([[11], [12]]);
      const orphan = 'insert into child values (1, 7) returning id';
      expect(await caught(async () => await run(orphan))).toMatchObject({ errcode: 787 });
      expect((await run('select count(*) from child')).rows).toEqual([[0]]);
    });
  });

  test('an upsert says whether it met a row, whatever the one before it did', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (a integer primary key, b integer check (b > 0))');
      const upsert = {
        sql: `insert into t values (?, ?)
          on conflict (a) do update set b = excluded.b - 1 where rowhouse_met() and excluded.b < 9 returning a`,
      };
      const met = async (a: number, b: number): Promise<unknown> => (await connection.run(upsert, [a, b])).met;

      expect(await met(1, 5)).toBeUndefined();
      expect(await met(1, 5)).toBe(true);
      expect(await met(2, 5)).toBeUndefined();
      expect(await caught(async () => await met(1, 1))).toMatchObject({ errcode: 275 });
      expect(await met(3, 5)).toBeUndefined();
      expect((await connection.run(upsert, [1, 9])).rows).toEqual([]);
      expect(await met(4, 5)).toBeUndefined();
      expect((await connection.run({ sql: 'insert into t values (5, 5) returning a' }, [])).met).toBeUndefined();
    });
  });
});

function localOf(connection: Connection): LocalConnection {
  if (isLocal(connection)) return connection;
  throw new Error('sqlite is in this process');
}
