import { expect, test } from 'vitest';
import { shortestFloat32 } from '../../src/drivers/mysql2/float32.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { getDriver, onConnection } from './open-driver.ts';
import { targetOf } from './target-of.ts';

test('a 32-bit float reads as the shortest decimal that is the same float', () => {
  for (const decimal of [0, 0.1, -0.1, 1.5, 16777216, 3.4e38, 1e-45, 1.1754944e-38, 123456.79, 1e10, 0.33333334]) {
    expect(shortestFloat32(Math.fround(decimal))).toBe(decimal);
  }
  let seed = 1;
  for (let n = 0; n < 10_000; n++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    const float = Math.fround((seed - 2 ** 30) / (seed % 9973));
    expect(Math.fround(shortestFloat32(float))).toBe(float);
  }
});

describeServers(['mysql', 'mariadb'], 'driver mysql2', (server) => {
  test('the session is strict, in UTC, in all of Unicode, and reads what is committed', async () => {
    await onConnection(server, async (connection) => {
      const isolation = server.variant === 'mariadb' ? 'tx_isolation' : 'transaction_isolation';
      const names = ['time_zone', 'character_set_client', 'character_set_results', isolation, 'sql_mode'];
      const { rows } = await connection.run({ sql: `select ${names.map((name) => `@@${name}`).join(', ')}` }, []);
      expect(rows[0]?.slice(0, 4)).toEqual(['+00:00', 'utf8mb4', 'utf8mb4', 'READ-COMMITTED']);
      expect(new Set(String(rows[0]?.[4]).split(','))).toEqual(
        new Set([
          'STRICT_ALL_TABLES',
          'NO_ZERO_DATE',
          'NO_ZERO_IN_DATE',
          'ERROR_FOR_DIVISION_BY_ZERO',
          'NO_ENGINE_SUBSTITUTION',
        ]),
      );
    });
  });

  test('an update counts the rows that it matches, an upsert that changes nothing counts none', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (id int primary key, a int); insert into t values (1, 1)');
      expect((await connection.run({ sql: 'update t set a = 1' }, [])).changes).toBe(1);
      const again = 'insert into t values (1, 1) on duplicate key update a = a';
      expect((await connection.run({ sql: again }, [])).changes).toBe(0);
    });
  });

  test('a script may define routines, and a call gives its first rows', async () => {
    await onConnection(server, async (connection) => {
      await connection.script(`create procedure twice(in n int)
        begin declare doubled int; set doubled = n * 2; select doubled; select 'more'; end; select 1`);
      expect(await connection.run({ sql: 'call twice(21)' }, [])).toMatchObject({ rows: [[42]], fields: ['doubled'] });
      expect(await connection.run({ sql: 'call twice(?)', name: 'twice' }, [4])).toMatchObject({ rows: [[8]] });
    });
  });

  test('a statement that cannot be prepared runs all the same', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (a int)');
      await connection.run({ sql: 'lock tables t write', name: 'lock' }, []);
      await connection.run({ sql: 'unlock tables', name: 'unlock' }, []);
    });
  });

  test('a cancel that comes after the statement is over stops nothing', async () => {
    await onConnection(server, async (connection, url) => {
      const other = await (await getDriver(server.driver)).connect(targetOf(url));
      for (let n = 0; n < 20; n++) {
        await other.run({ sql: `kill query ${connection.sessionId}` }, []);
        expect((await connection.run({ sql: `select '${n}'` }, [])).rows).toEqual([[String(n)]]);
      }
      await other.close();
    });
  });

  test('charset in the url may only be the one that holds everything', async () => {
    await onConnection(server, async () => undefined, { charset: 'utf8mb4' });
    await expect(onConnection(server, async () => undefined, { charset: 'latin1' })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});
