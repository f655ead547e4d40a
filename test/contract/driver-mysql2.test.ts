import { expect, test } from 'vitest';
import type { Statement } from '../../src/driver/connection.ts';
import { RowSet } from '../../src/driver/row-set.ts';
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

  test('a description that comes in pieces is read like one in a piece', async () => {
    await onConnection(server, async (connection) => {
      const names = Array.from({ length: 1_500 }, (_, n) => `a_column_with_quite_a_long_name_${n}`);
      const statement = { sql: `select ${names.map((name, n) => `${n} as ${name}`).join(', ')}`, name: 'wide' };
      for (let n = 0; n < 3; n++) {
        const { fields, rows } = await connection.run(statement, []);
        expect(fields).toEqual(names);
        expect(rows[0]?.map(Number)).toEqual(names.map((_, column) => column));
      }
    });
  });

  test('moments of every precision read as the server writes them', async () => {
    const moments = ['0001-01-01', '1999-12-31 23:59:59', '2026-11-21 13:45:07.120000', '9999-02-28 00:00:00.000009'];
    const columns = moments.flatMap((moment) => [
      `date('${moment}')`,
      ...Array.from({ length: 7 }, (_, digits) => `cast('${moment}' as datetime(${digits}))`),
    ]);
    await onConnection(server, async (connection) => {
      const read = async (sql: readonly string[]): Promise<readonly unknown[] | undefined> =>
        (await connection.run({ sql: `select ${sql.join()}` }, [])).rows[0];
      const texts = await read(columns.map((column) => `cast(${column} as char)`));
      // What is zero at the end of a cell is not sent, the whole part of a second included.
      const sent = texts?.map((text) => String(text).replace(/\.0+$/, ''));
      expect(await read(columns)).toEqual(sent);
    });
  });

  test('values of every length arrive whole, beside as many nulls', async () => {
    await onConnection(server, async (connection) => {
      const lengths = [0, 1, 250, 251, 252, 65_535, 65_536, 300_000];
      const values = lengths.flatMap((length) => ['é'.repeat(length), null, Buffer.alloc(length, 255)]);
      const statement = { sql: `select ${values.map(() => 'char_length(?)').join(', ')}`, name: 'lengths' };
      const { rows } = await connection.run(statement, values);
      expect(rows[0]?.map((cell) => (cell === null ? null : Number(cell)))).toEqual(
        lengths.flatMap((length) => [length, null, length]),
      );
    });
  });

  test('the rows of a bulk insert arrive whole, as rows where the server takes them and else as a text', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (id int primary key, d double, t longtext, b longblob)');
      const long = 'é'.repeat(70_000);
      const rows = [
        [1, 1, '', Buffer.alloc(0)],
        [2, 0.1, 'é'.repeat(83), null],
        [3, null, 'e'.repeat(251), Buffer.from([0, 255])],
        [4, -(2 ** 40), long, Buffer.alloc(300_000, 7)],
        [5, 2 ** 53, null, null],
      ];
      const { statement, texts, values } = bulkInsert(rows);

      const { changes } = await connection.run(statement, values);

      const kept = { sql: 'select id, d, t, b from t order by id', name: 'kept' };
      expect(changes).toBe(5);
      expect((await connection.run(kept, [])).rows).toEqual(rows);
      expect(texts.length).toBe(server.variant === 'mariadb' ? 0 : 1);
    });
  });

  test('texts of every length arrive whole in a bulk insert', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (id int primary key, d double, t longtext, b longblob)');
      const lengths = [0, 1, 40, 41, 83, 84, 125, 126, 250, 251, 252, 21_845, 21_846, 65_535, 65_536, 300_000];
      const texts = lengths.flatMap((length) => ['e', 'é', '€'].map((letter) => letter.repeat(length)));
      const rows = texts.map((text, id) => [id, id / 2, text, Buffer.from('after')]);
      const { statement, values } = bulkInsert(rows);

      await connection.run(statement, values);

      const kept = { sql: 'select id, d, t, b from t order by id', name: 'kept' };
      expect((await connection.run(kept, [])).rows).toEqual(rows);
    });
  });

  test('the rows of a bulk insert are inserted all or none', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (id int primary key, d double, t varchar(3), b longblob)');
      const count = { sql: 'select count(*) from t', name: 'count' };
      for (const [id, text, errno] of [
        [1, 'abc', 1062],
        [3, 'abcd', 1406],
      ] as const) {
        const { statement, values } = bulkInsert([
          [1, null, 'abc', null],
          [id, null, text, null],
          [5, null, 'abc', null],
        ]);
        await expect(connection.run(statement, values)).rejects.toMatchObject({ errno });
      }
      expect((await connection.run(count, [])).rows.map(([cell]) => Number(cell))).toEqual([0]);
    });
  });

  test('a bulk insert whose columns have values of several kinds goes as a text', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (id int primary key, d double, t longtext, b longblob)');
      const rows = [
        [1, null, 'abc', null],
        [2, null, 3, null],
      ];
      const { statement, texts, values } = bulkInsert(rows);

      expect((await connection.run(statement, values)).changes).toBe(2);
      expect(texts.length).toBe(1);
    });
  });

  test('a bulk insert that the server has forgotten is prepared again', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table t (id int primary key, d double, t longtext, b longblob)');
      const { statement } = bulkInsert([]);
      for (const id of [1, 2, 3]) {
        await connection.run(statement, bulkInsert([[id, null, null, null]]).values);
        await connection.run({ sql: 'alter table t engine = InnoDB' }, []);
      }
      expect((await connection.run({ sql: 'select id from t order by id' }, [])).rows).toEqual([[1], [2], [3]]);
    });
  });

  test('shapes are bytes, in rows and in streams', async () => {
    await onConnection(server, async (connection) => {
      await connection.script('create table shapes (at point); insert into shapes values (point(1, 2))');
      const statement = { sql: 'select at from shapes' };
      const { rows } = await connection.run(statement, []);
      expect(rows[0]?.[0]).toBeInstanceOf(Buffer);
      for await (const batch of connection.stream(statement, [], { batchRows: 1 })) expect(batch).toEqual(rows);
    });
  });

  test.each(['on', 'off'])(
    'what was sent behind a statement that fails hides no failure, pipeline %s',
    async (pipeline) => {
      await onConnection(
        server,
        async (connection) => {
          await connection.script('create table t (id int primary key); insert into t values (1)');
          const insert = { sql: 'insert into t values (?)', name: 'insert' };
          const read = { sql: 'select id from t order by id', name: 'read' };
          const begin = { sql: 'start transaction' };

          const written = await connection.runAll([
            [begin, []],
            [insert, [2]],
            [read, []],
          ]);
          const failing = connection.runAll([
            [insert, [2]],
            [read, []],
            [insert, [3]],
          ]);

          expect(written.map(({ changes, rows }) => [changes, rows])).toEqual([
            [0, []],
            [1, []],
            [0, [[1], [2]]],
          ]);
          await expect(failing).rejects.toMatchObject({ errno: 1062 });
          expect((await connection.run(read, [])).rows).toEqual([[1], [2]]);
          await connection.run({ sql: 'rollback' }, []);
          expect((await connection.run(read, [])).rows).toEqual([[1]]);
        },
        { pipeline },
      );
    },
  );

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

/** An insert into `t (id, d, t, b)`; `texts` are those that the rows went as. */
function bulkInsert(rows: readonly (readonly unknown[])[]): {
  readonly statement: Statement;
  readonly values: readonly unknown[];
  readonly texts: readonly string[];
} {
  const texts: string[] = [];
  const print = (): string => {
    const base64 = rows.map((row) => row.map((cell) => (Buffer.isBuffer(cell) ? cell.toString('base64') : cell)));
    texts.push(JSON.stringify(base64));
    return texts.at(-1) ?? '';
  };
  const columns = ['int', 'double', 'longtext', 'longtext'].map(
    (type, place) => `c${place} ${type} path '$[${place}]'`,
  );
  const sql = `insert into t (id, d, t, b) select c0, c1, c2, from_base64(c3) from json_table(?, '$[*]' columns (${columns.join(', ')})) jt`;
  const insert = { sql: 'insert into t (id, d, t, b) values (?, ?, ?, ?)', insteadOf: sql.length };
  return { statement: { sql, name: 'bulk' }, values: [new RowSet(rows, insert, print)], texts };
}
