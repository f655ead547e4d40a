import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import type { Session } from '../../../src/database/session.ts';
import { sql, type SqlFragment } from '../../../src/sql/sql.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from './open-url.ts';

interface Killing {
  readonly self: SqlFragment;
  /** Ends the session of this number. */
  readonly kill: (session: number) => string;
}

const killing: Readonly<Record<string, Killing>> = {
  postgresql: {
    self: sql`select pg_backend_pid() as self`,
    kill: (session) => `select pg_terminate_backend(${session})`,
  },
  mysql: { self: sql`select connection_id() as self`, kill: (session) => `kill ${session}` },
  mariadb: { self: sql`select connection_id() as self`, kill: (session) => `kill ${session}` },
};

async function sessionNumber(session: Session, { self }: Killing): Promise<string> {
  const [row] = await session.query<{ self: unknown }>(self);
  return String(row?.self);
}

describeServers(['postgresql', 'mysql', 'mariadb'], 'a line that dies', (server) => {
  const how = killing[server.engine]!;
  const kill = async (by: Database, session: string): Promise<void> => {
    await by.run({ sql: how.kill(Number(session)) }, []);
    await delay(30);
  };

  test('while idle is replaced without anybody noticing', async () => {
    await using temporary = await server.database();
    await using killer = await openUrl(temporary.url);
    await using database = await openUrl(temporary.url);
    await kill(killer, await sessionNumber(database, how));

    await expect(database.query(sql`select 1`)).resolves.toHaveLength(1);
    expect(database.metrics().write).toMatchObject({ lost: 1, opened: 2 });
  });

  test.each(['before the first statement', 'in the middle', 'before commit'] as const)(
    'in a transaction, %s, lets the work run again and nothing take place twice',
    async (moment) => {
      await using temporary = await server.database();
      await using killer = await openUrl(temporary.url);
      await using database = await openUrl(temporary.url);
      await database.execute(sql`create table note (id integer primary key)`);
      let starts = 0;

      await database
        .transaction(async (transaction) => {
          starts += 1;
          const killNow = async (at: typeof moment): Promise<void> => {
            if (at === moment && starts === 1) await kill(killer, session);
          };
          const session = await sessionNumber(transaction, how);
          await killNow('before the first statement');
          await transaction.execute(sql`insert into note values (1)`);
          await killNow('in the middle');
          await transaction.execute(sql`insert into note values (2)`);
          await killNow('before commit');
        })
        .catch((error: unknown) => {
          // Without a number of the transaction nobody can tell whether the commit arrived.
          expect(error).toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' });
          expect(moment).toBe('before commit');
          expect(database.dialect.sessions.commitOutcome).toBeUndefined();
          starts = 2;
        });

      const rows = await database.query(sql`select id from note`);
      expect(starts).toBe(2);
      expect(rows).toHaveLength(moment === 'before commit' && !database.dialect.sessions.commitOutcome ? 0 : 2);
      expect(database.metrics().write).toMatchObject({ inUse: 0, waiting: 0 });
    },
  );

  test('under a statement that writes is an error, under one that is idempotent it is not', async () => {
    await using temporary = await server.database();
    await using killer = await openUrl(temporary.url);
    await using database = await openUrl(temporary.url);
    await database.pinned(async (session) => {
      await kill(killer, await sessionNumber(session, how));
      await expect(session.query(sql`select 1`, { idempotent: true })).rejects.toMatchObject({
        code: 'CONNECTION_LOST',
      });
    });

    const read = database.query(
      server.engine === 'postgresql' ? sql`select pg_sleep(0.5)` : sql`select sleep(0.5) from (select 1) t`,
      { idempotent: true },
    );
    await delay(100);
    const victims = await killer.query<{ id: unknown }>(
      server.engine === 'postgresql'
        ? sql`select pid as id from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`
        : sql`select id from information_schema.processlist where db = database() and state = 'User sleep'`,
    );
    for (const { id } of victims) await kill(killer, String(id));

    await expect(read).resolves.toHaveLength(1);
    expect(victims).toHaveLength(1);
  });
});

describe.each(['postgresql', 'mariadb'] as const)('a restart of %s', (engine) => {
  test('lets no error escape from reads, and connections heal', async () => {
    await using server = await startServer({ engine });
    await using database = await openUrl(server.url(), { retries: { connectMs: 30_000 } });
    let isOver = false;
    let reads = 0;
    const readers = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        await database.query(sql`select 1`, { idempotent: true });
        reads += 1;
      }
    });
    const all = Promise.all(readers);
    all.catch(() => undefined);

    await delay(100);
    await server.stop();
    await server.start();
    await delay(100);
    await server.kill();
    await server.start();
    const before = reads;
    await expect.poll(() => reads, { timeout: 20_000 }).toBeGreaterThan(before + 100);
    isOver = true;

    await all;
    await expect.poll(() => database.metrics().write).toMatchObject({ inUse: 0, waiting: 0 });
    expect(database.metrics().write.closed).toBeGreaterThan(0);
  });
});
