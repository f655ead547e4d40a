import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import type { Connection, Result } from '../../src/driver/connection.ts';
import type { Driver } from '../../src/driver/driver.ts';
import type { Target } from '../../src/driver/target.ts';
import { caught } from './caught.ts';
import type { DriverSql } from './driver-sql.ts';

/** What a driver is tested on. */
export interface DriverUnderTest {
  readonly sql: DriverSql;
  /** A database in this process: it has no line, no session and no TLS. */
  readonly inProcess: boolean;
  readonly driver: () => Promise<Driver>;
  /** A target on a database that nobody else has. */
  readonly target: () => Promise<{ readonly target: Target } & AsyncDisposable>;
}

/** What every driver promises, whatever its library. */
export function driverContract({ sql, inProcess, driver, target }: DriverUnderTest): void {
  async function withConnection(work: (connection: Connection, place: Target) => Promise<void>): Promise<void> {
    await using database = await target();
    const connection = await (await driver()).connect(database.target);
    try {
      await work(connection, database.target);
    } finally {
      await connection.close();
    }
  }

  test('a connection knows its server and is not broken', async () => {
    await withConnection(async (connection) => {
      expect(connection.serverVersion).toMatch(/^\d+\.\d+/);
      expect(connection.sessionId).toMatch(inProcess ? /^$/ : /^\d+$/);
      expect(connection.broken).toBe(false);
    });
  });

  test('cells arrive in the raw form that the codecs expect, exact to the last digit', async () => {
    await withConnection(async (connection) => {
      await writeCells(
        connection,
        sql.cells.map(([, , value]) => value),
      );
      const result = await connection.run({ sql: 'select * from cells', bigintRows: true }, []);
      expect(result.fields).toEqual(sql.cells.map(([name]) => name));
      expect(result.rows).toEqual([sql.cells.map(([, , , raw]) => raw)]);
    });
  });

  test('cells of a stream have the same form', async () => {
    await withConnection(async (connection) => {
      await writeCells(
        connection,
        sql.cells.map(([, , value]) => value),
      );
      const select = { sql: 'select * from cells', bigintRows: true };
      for await (const rows of connection.stream(select, [], { batchRows: 5 })) {
        expect(rows).toEqual([sql.cells.map(([, , , raw]) => raw)]);
      }
    });
  });

  test('null is null in every column', async () => {
    await withConnection(async (connection) => {
      await writeCells(
        connection,
        sql.cells.map(() => null),
      );
      const { rows } = await connection.run({ sql: 'select * from cells' }, []);
      expect(rows).toEqual([sql.cells.map(() => null)]);
    });
  });

  test('changes counts inserted, updated and deleted rows, and nothing that was only read', async () => {
    await withConnection(async (connection) => {
      await fill(connection);
      expect(
        (await connection.run({ sql: 'insert into numbers (n, word) values (11, null), (12, null)' }, [])).changes,
      ).toBe(2);
      expect((await connection.run({ sql: "update numbers set word = 'x' where n > 10" }, [])).changes).toBe(2);
      expect((await connection.run({ sql: 'select n from numbers' }, [])).changes).toBe(0);
      expect((await connection.run({ sql: 'delete from numbers where n > 2' }, [])).changes).toBe(10);
      expect((await connection.run({ sql: 'delete from numbers where n > 2' }, [])).changes).toBe(0);
    });
  });

  test('returned rows count as changes', async (context) => {
    const { returning } = sql;
    if (returning === undefined) return context.skip('the engine has no returning');
    await withConnection(async (connection) => {
      await fill(connection);
      const { rows, changes } = await connection.run({ sql: returning }, []);
      expect([rows.length, changes]).toEqual([2, 2]);
    });
  });

  test('an identity column reports its number, where the engine does', async (context) => {
    const { createIdentity } = sql;
    if (createIdentity === undefined) return context.skip('the engine reports it in a returned row');
    await withConnection(async (connection) => {
      await connection.script(createIdentity);
      const insert = { sql: "insert into counted (word) values ('a')" };
      expect((await connection.run(insert, [])).lastId).toBe(9_007_199_254_740_993n);
      expect((await connection.run(insert, [])).lastId).toBe(9_007_199_254_740_994n);
      expect((await connection.run({ sql: "update counted set word = 'b'" }, [])).lastId).toBeUndefined();
    });
  });

  test('a whole number is exact in a comparison and in a limit', async () => {
    await withConnection(async (connection) => {
      await connection.script('create table big (b bigint)');
      await connection.run({ sql: sql.fill('insert into big (b) values (?), (?)') }, [2n ** 53n, 2n ** 53n + 1n]);
      const found = await connection.run({ sql: sql.fill('select b from big where b = ?'), bigintRows: true }, [
        2n ** 53n + 1n,
      ]);
      expect(found.rows.map(([b]) => String(b))).toEqual(['9007199254740993']);

      const limited = { sql: sql.fill('select b from big limit ? offset ?'), name: 'limited', bigintRows: true };
      expect((await connection.run(limited, [1, 1])).rows).toHaveLength(1);
      expect((await connection.run(limited, [2n, 0n])).rows).toHaveLength(2);
    });
  });

  test('a value too many or too few is an error', async () => {
    await withConnection(async (connection) => {
      await fill(connection);
      const statement = { sql: sql.fill('select n from numbers where n = ? or n = ?') };
      expect(await caught(async () => await connection.run(statement, [1]))).toBeInstanceOf(Error);
      expect(await caught(async () => await connection.run(statement, [1, 2, 3]))).toBeInstanceOf(Error);
      expect((await connection.run(statement, [1, 2])).rows).toHaveLength(2);
    });
  });

  test('an ordinary statement cannot hide a second one', async () => {
    await withConnection(async (connection) => {
      await fill(connection);
      for (const text of ['select 1; delete from numbers', 'delete from numbers where n = 1; delete from numbers']) {
        expect(await caught(async () => await connection.run({ sql: text }, []))).toBeInstanceOf(Error);
      }
      expect(await count(connection)).toBe(10);
    });
  });

  test('a script runs many statements, and the ordinary rule holds again afterwards', async () => {
    await withConnection(async (connection) => {
      await fill(connection);
      await connection.script(
        "delete from numbers where n = 1; select 1; -- a ; in a comment\ndelete from numbers where word = ';'",
      );
      expect(await count(connection)).toBe(9);
      expect(
        await caught(async () => await connection.script('delete from numbers where n = 2; nonsense')),
      ).toBeInstanceOf(Error);
      expect(
        await caught(async () => await connection.run({ sql: 'select 1; delete from numbers' }, [])),
      ).toBeInstanceOf(Error);
      expect(await count(connection)).toBeGreaterThanOrEqual(8);
    });
  });

  test('a named statement is prepared once and survives a change of its table', async () => {
    await withConnection(async (connection) => {
      await fill(connection);
      const star = { sql: sql.fill('select * from numbers where n = ?'), name: 'star' };
      for (const n of [1, 2, 3]) expect((await connection.run(star, [n])).rows).toHaveLength(1);
      await connection.script('alter table numbers add column extra integer');
      const result = await connection.run(star, [1]);
      expect(result.fields).toEqual(['n', 'word', 'extra']);
      expect(result.rows[0]).toHaveLength(3);
    });
  });

  test('a connection keeps a bounded number of prepared statements', async (context) => {
    const { preparedCount } = sql;
    if (preparedCount === undefined) return context.skip('statements live in this process');
    await withConnection(async (connection) => {
      for (let n = 0; n < 300; n++) await connection.run({ sql: `select ${n}`, name: `n${n}` }, []);
      for (let n = 0; n < 300; n++) await connection.run({ sql: `select ${n} as once` }, []);
      const { rows } = await connection.run({ sql: preparedCount }, []);
      // One number, or how many were closed and how many prepared.
      const [first = NaN, second] = rows.map((row) => Number(row.at(-1)));
      const kept = second === undefined ? first : second - first;
      expect(kept).toBeGreaterThan(200);
      expect(kept).toBeLessThanOrEqual(257);
    });
  });

  test('several statements run in order and stop at the first error', async () => {
    await withConnection(async (connection) => {
      await fill(connection);
      const results = await connection.runAll([
        [{ sql: 'begin' }, []],
        [{ sql: sql.fill('delete from numbers where n = ?'), name: 'delete_one' }, [1]],
        [{ sql: 'select n from numbers order by n', name: 'all' }, []],
        [{ sql: sql.fill('delete from numbers where n = ?'), name: 'delete_one' }, [2]],
        [{ sql: 'commit' }, []],
      ]);
      expect(results.map(({ changes, rows }) => [changes, rows.length])).toEqual([
        [0, 0],
        [1, 0],
        [0, 9],
        [1, 0],
        [0, 0],
      ]);
      expect(await connection.runAll([])).toEqual([]);

      const error = await caught(
        async () =>
          await connection.runAll([
            [{ sql: 'begin' }, []],
            [{ sql: 'delete from numbers' }, []],
            [{ sql: 'select nothing from numbers' }, []],
            [{ sql: 'commit' }, []],
          ]),
      );
      expect(error).toBeInstanceOf(Error);
      await connection.script('rollback');
      expect(await count(connection)).toBe(8);
    });
  });

  test('rows stream in batches of the asked size', async () => {
    await withConnection(async (connection) => {
      await fill(connection);
      const sizes: number[] = [];
      for await (const rows of connection.stream(
        { sql: sql.fill('select n from numbers where n <= ? order by n') },
        [10],
        { batchRows: 4 },
      )) {
        sizes.push(rows.length);
      }
      expect(sizes).toEqual([4, 4, 2]);
    });
  });

  test('leaving a stream early frees the connection; until then it runs nothing else', async () => {
    await withConnection(async (connection) => {
      let busy: unknown;
      for await (const rows of connection.stream({ sql: sql.endless }, [], { batchRows: 100 })) {
        expect(rows).toHaveLength(100);
        busy = await caught(async () => await connection.run({ sql: 'select 1' }, []));
        break;
      }
      expect(busy).toMatchObject({ code: 'STATEMENT_FAILED' });
      expect((await connection.run({ sql: 'select 1' }, [])).rows).toHaveLength(1);
    });
  });

  test('an error in a stream reaches the loop and leaves the connection usable', async () => {
    await withConnection(async (connection) => {
      const drain = async (): Promise<void> => {
        for await (const _ of connection.stream({ sql: 'select nothing from nowhere' }, [], { batchRows: 4 }))
          expect.unreachable();
      };
      expect(await caught(drain)).toBeInstanceOf(Error);
      expect((await connection.run({ sql: 'select 1' }, [])).rows).toHaveLength(1);
    });
  });

  test('cancel stops what is running, and nothing that runs later', async (context) => {
    if (inProcess) return context.skip('a statement is over before anyone could stop it');
    await withConnection(async (connection) => {
      await connection.cancel();
      const started = performance.now();
      const running = caught(async () => await connection.run({ sql: sql.endlessCount }, []));
      await wait(100);
      await connection.cancel();
      for (let n = 0; n < 5; n++) expect((await connection.run({ sql: `select ${n}` }, [])).rows).toHaveLength(1);
      expect(await running).toMatchObject({ message: expect.stringMatching(/cancel|interrupt/i) });
      expect(performance.now() - started).toBeLessThan(10_000);
      expect(connection.broken).toBe(false);
    });
  });

  test('a lost line is told: to the statement that runs, else to the listener', async (context) => {
    const { kill } = sql;
    if (kill === undefined) return context.skip('there is no line to lose');
    await withConnection(async (killer, place) => {
      const idle = await (await driver()).connect(place);
      const losses: Error[] = [];
      idle.onLost((error) => losses.push(error));
      await killer.run({ sql: kill(idle.sessionId) }, []);
      await expect.poll(() => losses.length).toBe(1);
      expect(idle.broken).toBe(true);
      expect(await caught(async () => await idle.run({ sql: 'select 1' }, []))).toBeInstanceOf(Error);

      const busy = await (await driver()).connect(place);
      busy.onLost((error) => losses.push(error));
      const running = caught(async () => await busy.run({ sql: sql.endlessCount }, []));
      await wait(100);
      await killer.run({ sql: kill(busy.sessionId) }, []);
      expect(await running).toBeInstanceOf(Error);

      const streaming = await (await driver()).connect(place);
      const drain = async (): Promise<void> => {
        let batches = 0;
        for await (const _ of streaming.stream({ sql: sql.endless }, [], { batchRows: 100 })) {
          if (batches++ === 3) await killer.run({ sql: kill(streaming.sessionId) }, []);
        }
      };
      expect(await caught(drain)).toBeInstanceOf(Error);

      expect([busy.broken, streaming.broken]).toEqual([true, true]);
      expect(losses).toHaveLength(1);
      await Promise.all([idle.close(), busy.close(), streaming.close()]);
    });
  });

  test('close and destroy may be called at any time and twice', async () => {
    await using database = await target();
    for (const end of ['close', 'destroy'] as const) {
      const connection = await (await driver()).connect(database.target);
      connection.onLost(() => expect.unreachable());
      await connection[end]();
      await connection.close();
      expect(connection.broken).toBe(true);
      expect(await caught(async () => await connection.run({ sql: 'select 1' }, []))).toBeInstanceOf(Error);
    }
  });

  test('a server that says nothing is given up in time', async (context) => {
    if (inProcess) return context.skip('there is no server');
    await using hole = await silentServer();
    await using database = await target();
    for (const mode of ['disable', 'require'] as const) {
      const started = performance.now();
      const silent = { ...database.target, host: '127.0.0.1', port: hole.port, tls: { mode }, connectTimeoutMs: 300 };
      const error = await caught(async () => await (await driver()).connect(silent));
      expect(error).toMatchObject({ code: 'ETIMEDOUT' });
      expect(performance.now() - started).toBeLessThan(3_000);
    }
  });

  test('a parameter that the driver does not know is refused by name', async () => {
    await using database = await target();
    const odd = { ...database.target, parameters: { sslmod: 'require' } };
    const error = await caught(async () => await (await driver()).connect(odd));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', details: { parameter: 'sslmod' } });
  });

  async function writeCells(connection: Connection, values: readonly unknown[]): Promise<void> {
    await connection.script(`create table cells (${sql.cells.map(([name, type]) => `${name} ${type}`).join(', ')})`);
    const places = sql.fill(values.map(() => '?').join(', '));
    await connection.run({ sql: `insert into cells values (${places})` }, values);
  }

  async function fill(connection: Connection): Promise<void> {
    await connection.script('create table numbers (n integer, word varchar(10))');
    for (let n = 1; n <= 10; n++) {
      await connection.run({ sql: sql.fill('insert into numbers (n, word) values (?, ?)'), name: 'fill' }, [
        n,
        `w${n}`,
      ]);
    }
  }
}

async function count(connection: Connection): Promise<number> {
  const { rows }: Result = await connection.run({ sql: 'select count(*) from numbers' }, []);
  return Number(rows[0]?.[0]);
}

async function wait(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Takes connections and never answers. */
async function silentServer(): Promise<{ readonly port: number } & AsyncDisposable> {
  const server = createServer((socket) => socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
