import { expect, test } from 'vitest';
import { startProxy } from '../integration/database/tcp-proxy.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { caught } from './caught.ts';
import { getDriver, onConnection } from './open-driver.ts';
import { targetOf } from './target-of.ts';

describeServers(['postgresql'], 'driver pg', (server) => {
  test('the session speaks UTC, ISO dates and ISO intervals, and RESET ALL comes back to them', async () => {
    await onConnection(server, async (connection) => {
      await connection.script("set timezone = 'Europe/Paris'; set intervalstyle = 'postgres'; reset all");
      const settings = ['TimeZone', 'DateStyle', 'IntervalStyle', 'client_encoding', 'application_name'];
      const cells = settings.map((name) => `current_setting('${name}')`);
      const { rows } = await connection.run({ sql: `select ${cells.join(', ')}` }, []);
      expect(rows).toEqual([['UTC', 'ISO, MDY', 'iso_8601', 'UTF8', 'rowhouse']]);
    });
  });

  test('parameters of the url reach the server', async () => {
    const parameters = { search_path: 'pg_catalog', statement_timeout: '250' };
    await onConnection(
      server,
      async (connection) => {
        expect((await connection.run({ sql: 'show search_path' }, [])).rows).toEqual([['pg_catalog']]);
        const error = await caught(async () => await connection.run({ sql: 'select pg_sleep(5)' }, []));
        expect(error).toMatchObject({ code: '57014' });
      },
      parameters,
    );
  });

  test('a request to stop that comes too early is made again', async () => {
    await using database = await server.database();
    const target = targetOf(database.url);
    await using proxy = await startProxy(target.host ?? '', target.port ?? 0);
    const driver = await getDriver(server.driver);
    const connection = await driver.connect({ ...target, host: '127.0.0.1', port: proxy.port });
    proxy.onRequest(/generate_series/, { forward: true, fate: 'late' });
    const sql = 'select count(*) from generate_series(1, 1e5) a, generate_series(1, 1e5) b, generate_series(1, 1e5) c';
    const running = caught(async () => await connection.run({ sql }, []));

    await connection.cancel();

    expect(await running).toMatchObject({ code: '57014' });
    await connection.close();
  });

  test('a flight that meets a changed table is flown again as a whole', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (a integer); insert into t values (1)');
      const star = { sql: 'select * from t where a = $1', name: 'star' };
      const flight = [
        [{ sql: 'begin' }, []],
        [{ sql: 'insert into t (a) values ($1)', name: 'add' }, [2]],
        [star, [1]],
        [{ sql: 'commit' }, []],
      ] as const;
      await connection.runAll(flight);
      await connection.script('alter table t add b integer');

      const results = await connection.runAll(flight);

      expect(results[2]?.fields).toEqual(['a', 'b']);
      // Once for each flight: the failed attempt was rolled back.
      expect((await connection.run({ sql: 'select count(*) from t where a = 2' }, [])).rows).toEqual([['2']]);
    });
  });

  test('inside a transaction a stale statement fails it, and works in the next one', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (a integer)');
      const star = { sql: 'select * from t', name: 'star' };
      await connection.run(star, []);
      await connection.script('alter table t add b integer');

      await connection.run({ sql: 'begin' }, []);
      expect(await caught(async () => await connection.run(star, []))).toMatchObject({ code: '0A000' });
      await connection.run({ sql: 'rollback' }, []);

      await connection.run({ sql: 'begin' }, []);
      expect((await connection.run(star, [])).fields).toEqual(['a', 'b']);
      await connection.run({ sql: 'commit' }, []);
    });
  });

  test('statements that something else deallocated are prepared again', async () => {
    await onConnection(server, async (connection) => {
      const one = { sql: 'select $1::integer', name: 'one' };
      await connection.run(one, [1]);
      await connection.script('deallocate all');
      expect((await connection.run(one, [2])).rows).toEqual([['2']]);
    });
  });

  test('a statement whose first preparation failed can be prepared later', async () => {
    await onConnection(server, async (connection) => {
      const early = { sql: 'select a from later', name: 'early' };
      expect(await caught(async () => await connection.run(early, []))).toMatchObject({ code: '42P01' });
      await connection.script('create table later (a integer)');
      expect((await connection.run(early, [])).rows).toEqual([]);
    });
  });

  test('a deferred constraint that fails at the very end fails the statement', async () => {
    await onConnection(server, async (connection) => {
      await connection.script(
        'create table t (a integer unique deferrable initially deferred); insert into t values (1)',
      );
      const error = await caught(async () => await connection.run({ sql: 'insert into t values (1)' }, []));
      expect(error).toMatchObject({ code: '23505' });
    });
  });

  test('a flight takes one round trip, and one for each statement with the pipeline off', async () => {
    for (const [pipeline, moments] of [
      ['on', 1],
      ['off', 3],
    ] as const) {
      await onConnection(
        server,
        async (connection) => {
          // Without a transaction around them, statements that share a Sync share a transaction and its clock.
          const now = { sql: 'select now()' };
          const results = await connection.runAll([
            [now, []],
            [now, []],
            [now, []],
          ]);
          expect(new Set(results.map(({ rows }) => rows[0]?.[0])).size).toBe(moments);
        },
        { pipeline },
      );
    }
  });

  test('with prepared statements off nothing is kept on the server', async () => {
    await onConnection(
      server,
      async (connection) => {
        await connection.run({ sql: 'select $1::integer', name: 'one' }, [1]);
        expect((await connection.run({ sql: 'select count(*) from pg_prepared_statements' }, [])).rows).toEqual([
          ['0'],
        ]);
      },
      { prepared_statements: 'off' },
    );
  });

  test('channel binding that is required and cannot be had is an error', async () => {
    const work = async (): Promise<void> =>
      await onConnection(server, async () => undefined, { channel_binding: 'require' });
    expect(await caught(work)).toMatchObject({ code: 'AUTHENTICATION_FAILED' });
  });

  test('a value that is not in wire form is refused before anything is sent', async () => {
    await onConnection(server, async (connection) => {
      for (const value of [new Date(), {}, [1], undefined]) {
        expect(await caught(async () => await connection.run({ sql: 'select $1' }, [value]))).toBeInstanceOf(TypeError);
      }
      expect((await connection.run({ sql: 'select 1' }, [])).rows).toEqual([['1']]);
    });
  });
});
