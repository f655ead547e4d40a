import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { sql, type SqlFragment } from '../../../src/sql/sql.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from './open-url.ts';

/** By engine: a statement that takes this long. */
const sleeping: Readonly<Record<string, (seconds: number) => SqlFragment>> = {
  postgresql: (seconds) => sql`select pg_sleep(${seconds})`,
  mysql: sleepInRow,
  mariadb: sleepInRow,
};

/** A bare sleep() returns early when it is stopped, as if nothing was; between two rows the server notices. */
function sleepInRow(seconds: number): SqlFragment {
  return sql`select n from (select 1 as n union all select 2) t where n = 1 and sleep(${seconds}) = 0 or n = 2 and sleep(0) = 1`;
}

/** By engine: how many sessions of this database sleep at the moment. */
const sleepers: Readonly<Record<string, SqlFragment>> = {
  postgresql: sql`select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
  mysql: sql`select id from information_schema.processlist where db = database() and state = 'User sleep'`,
  mariadb: sql`select id from information_schema.processlist where db = database() and state = 'User sleep'`,
};

// SQLite runs its statements in this process: nothing can stop one from outside.
describeServers(['postgresql', 'mysql', 'mariadb'], 'stopping', (server) => {
  const sleep = sleeping[server.engine]!;
  const sleepingSessions = async (database: Database): Promise<number> =>
    (await database.query(sleepers[server.engine]!)).length;

  test('a signal stops the statement on the server and rolls back', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);
    await database.execute(sql`create table note (id integer primary key)`);
    const stop = new AbortController();
    const startedAt = performance.now();

    const stopped = database.transaction(
      async (transaction) => {
        await transaction.execute(sql`insert into note values (1)`);
        await transaction.query(sleep(30));
      },
      { signal: stop.signal },
    );
    await expect.poll(async () => await sleepingSessions(database)).toBe(1);
    stop.abort();

    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(await sleepingSessions(database)).toBe(0);
    expect(await database.query(sql`select id from note`)).toEqual([]);
    expect(database.metrics().write.inUse).toBe(0);
  });

  test('work that does not listen is left behind, and its late statements do not run', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);
    await database.execute(sql`create table note (id integer primary key)`);
    const { promise: late, resolve } = Promise.withResolvers<unknown>();

    const stopped = database.transaction(
      async (transaction) => {
        await transaction.execute(sql`insert into note values (1)`);
        await delay(400);
        await transaction.execute(sql`insert into note values (2)`).catch(resolve);
      },
      { deadlineMs: 150 },
    );

    await expect(stopped).rejects.toMatchObject({ code: 'TRANSACTION_TIMEOUT' });
    expect(await database.query(sql`select id from note`)).toEqual([]);
    expect(await late).toMatchObject({ code: 'TRANSACTION_CLOSED' });
    expect(await database.query(sql`select id from note`)).toEqual([]);
  });

  test('the server stops a statement that runs longer than its transaction allows', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url, { pool: { size: 1, overflow: 0 } });

    const slow = database.transaction(async (transaction) => await transaction.query(slowQuery(server.engine)), {
      timeoutMs: 200,
    });

    await expect(slow).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' });
    await expect(database.query(sleep(0.4))).resolves.toHaveLength(1); // the bound ended with the transaction
  });

  test('a single statement is stopped by its signal or its time', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url, { statementTimeoutMs: 300 });

    await expect(database.query(sleep(30))).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' });
    await expect(database.query(sleep(30), { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
      code: 'TRANSACTION_TIMEOUT',
    });
    await expect(database.query(sleep(30), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(await sleepingSessions(database)).toBe(0);
    expect(database.metrics().write).toMatchObject({ inUse: 0, waiting: 0 });
  });

  test('one statement that is stopped ends its transaction', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);

    const failed = database.transaction(async (transaction) => {
      await expect(transaction.query(sleep(30), { timeoutMs: 100 })).rejects.toMatchObject({
        code: 'STATEMENT_TIMEOUT',
      });
      await transaction.query(sql`select 1`);
    });

    await expect(failed).rejects.toMatchObject({ code: 'TRANSACTION_FAILED' });
    expect(await sleepingSessions(database)).toBe(0);
  });
});

/** MySQL bounds only statements that read rows, and its sleep() just returns early when it is stopped. */
function slowQuery(engine: string): SqlFragment {
  return engine === 'postgresql'
    ? sql`select pg_sleep(30)`
    : sql`select count(*) from information_schema.collations a, information_schema.collations b, information_schema.collations c, information_schema.collations d`;
}
