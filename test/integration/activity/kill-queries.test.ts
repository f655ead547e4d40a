import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { killQueries, type KilledSession } from '../../../src/ops/activity/kill-queries.ts';
import type { Database } from '../../../src/database/database.ts';
import { sql } from '../../../src/sql/sql.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';

const table = { name: 'ledger' };

describeServers(['postgresql', 'mysql', 'mariadb'], 'stopping what others do with a table', (server) => {
  test('cancels the statement that runs, and leaves its session and all others alone', async () => {
    await using place = await busyTable(server);
    const { watcher, waiting } = place;
    await untilTwo(watcher);

    const found = await killQueries(watcher, table, { dryRun: true });
    const killed = await killQueries(watcher, table, {});

    expect(outcomes(found)).toEqual(['found nothing', 'found update']);
    expect(outcomes(killed)).toEqual(['cancelled update', 'holding nothing']);
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await place.holder.commit();
    expect(await watcher.query(sql`select note from ledger`)).toEqual([{ note: 'held' }]);
  });

  test('ends the sessions with force, and what they held is free', async () => {
    await using place = await busyTable(server);
    const { watcher, waiting } = place;
    await untilTwo(watcher);

    const killed = await killQueries(watcher, table, { force: true });

    expect(outcomes(killed)).toEqual(['terminated nothing', 'terminated update']);
    await expect(waiting).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await expect(place.holder.commit()).rejects.toMatchObject({ code: expect.any(String) as string });
    expect(await watcher.execute(sql`update ledger set note = 'mine'`)).toBe(1);
  });

  test('finds nobody at a table that nobody works with, and says when there is none', async () => {
    await using place = await busyTable(server);
    await untilTwo(place.watcher);

    expect(await killQueries(place.watcher, { name: 'ledger_old' }, { force: true })).toEqual([]);
    await expect(killQueries(place.watcher, { name: 'nothing' }, {})).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
    await place.holder.commit();
    expect(await place.waiting).toBe(1);
  });
});

describeServers(['sqlite'], 'stopping what others do with a table', (server) => {
  test('has nothing to stop where the engine runs inside its users', async () => {
    const { url } = await server.database();
    await using database = await openUrl(url);

    expect(await killQueries(database, table, { force: true })).toBeUndefined();
  });
});

interface BusyTable extends AsyncDisposable {
  readonly watcher: Database;
  /** A transaction that has changed the row. */
  readonly holder: Awaited<ReturnType<Database['begin']>>;
  /** A statement of another session that waits for it. */
  readonly waiting: Promise<number>;
}

async function busyTable(server: TestServer): Promise<BusyTable> {
  const { url } = await server.database();
  const [watcher, one, other] = [await openUrl(url), await openUrl(url), await openUrl(url)];
  for (const name of ['ledger', 'ledger_old'])
    await watcher.run({ sql: `create table ${name} (id int primary key, note varchar(20))` }, []);
  await watcher.execute(sql`insert into ledger (id, note) values (1, 'first')`);
  const holder = await one.begin();
  await holder.execute(sql`update ledger set note = 'held' where id = 1`);
  const waiting = other.execute(sql`update ledger set note = 'waited' where id = 1`);
  waiting.catch(() => undefined);
  return {
    watcher,
    holder,
    waiting,
    async [Symbol.asyncDispose]() {
      await holder.rollback();
      await Promise.all([watcher, one, other].map(async (database) => await database.close()));
    },
  };
}

async function untilTwo(watcher: Database): Promise<void> {
  for (;;) {
    const found = await killQueries(watcher, table, { dryRun: true });
    if (found?.length === 2 && found.some(({ running }) => running === 'update')) return;
    // MariaDB renews its account of locks once nobody has asked for 100 ms.
    await delay(150);
  }
}

function outcomes(sessions: readonly KilledSession[] | undefined): readonly string[] {
  return (sessions ?? []).map(({ outcome, running = 'nothing' }) => `${outcome} ${running}`).sort();
}
