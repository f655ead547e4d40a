import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { until } from '../../../src/testing/server/until.ts';
import { watchThrottle } from '../../integration/backfill/watched-throttle.ts';
import { openBench } from '../../integration/migration/open-bench.ts';
import { describeGaleraCluster } from '../../servers/galera/describe-galera-cluster.ts';
import { slowDown } from './hold-up.ts';

describeGaleraCluster('a backfill on a cluster that holds writes back', (cluster) => {
  test('waits while a node has too much to catch up with, and goes on when it has', async () => {
    await using shared = await cluster.database();
    await using here = await openBench(shared.urls[0], []);
    await using there = await openBench(shared.urls[1], []);
    await using slow = await openBench(shared.urls[2], []);
    await here.database.run({ sql: 'create table note (id int primary key auto_increment, text varchar(20))' }, []);
    await here.database.pinned(async (session) => {
      const { throttle, asked, askedAgain } = watchThrottle(session);
      await throttle.ready(undefined);
      await using held = await slowDown(slow.database, 'note');
      const stop = new AbortController();
      const writing = keepWriting(there.database, stop.signal);
      const before = await heldBackNs(here.database);
      const isHeldBack = await until(async () => (await heldBackNs(here.database)) > before + 1e9, {
        withinMs: 60_000,
      });

      let isReady = false;
      const ready = throttle.ready(undefined).then(() => (isReady = true));
      await askedAgain(4);
      const wasReady = isReady;
      stop.abort();
      await held.goOn();
      await Promise.all([ready, writing]);

      expect([isHeldBack, wasReady]).toEqual([true, false]);
      expect(asked()).toBeGreaterThanOrEqual(5);
    });
  });

  test('does not wait for a node that has left the common pace', async () => {
    await using shared = await cluster.database();
    await using here = await openBench(shared.urls[0], []);
    await using slow = await openBench(shared.urls[2], []);
    await here.database.run({ sql: 'create table note (id int primary key auto_increment, text varchar(20))' }, []);
    await here.database.pinned(async (session) => {
      const { throttle, asked } = watchThrottle(session);
      await throttle.ready(undefined);
      await slow.database.run({ sql: 'set global wsrep_desync = on' }, []);
      await using held = await slowDown(slow.database, 'note');
      for (let row = 0; row < 400; row += 1)
        await here.database.run({ sql: `insert into note (text) values ('row ${row}')` }, []);

      const before = asked();
      while (asked() === before) await throttle.ready(undefined);

      expect(asked()).toBe(before + 1);
      expect(await sizeOfQueue(slow.database)).toBeGreaterThan(300);
      await held.goOn();
      expect(await until(async () => (await sizeOfQueue(slow.database)) === 0, { withinMs: 60_000 })).toBe(true);
      await slow.database.run({ sql: 'set global wsrep_desync = off' }, []);
    });
  });
});

async function keepWriting(database: Database, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) await database.run({ sql: "insert into note (text) values ('more')" }, []);
}

async function heldBackNs(database: Database): Promise<number> {
  return await status(database, 'wsrep_flow_control_paused_ns');
}

async function sizeOfQueue(database: Database): Promise<number> {
  return await status(database, 'wsrep_local_recv_queue');
}

async function status(database: Database, name: string): Promise<number> {
  const { rows } = await database.run({ sql: `show global status where variable_name = '${name}'` }, []);
  return Number(rows[0]?.[1]);
}
