import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { retryOf } from '../../../src/errors/codes.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { bigint, integer, sql, table, text } from '../../../src/index.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { describeGaleraCluster } from '../../servers/galera/describe-galera-cluster.ts';
import { catchUp, openNodes, type Nodes } from './open-nodes.ts';

const counters = table('counter', { id: integer().primaryKey(), value: integer().default(0) });
const notes = table('note', { id: bigint().identity().primaryKey(), body: text({ max: 200 }) });
const schema = { counters, notes };

const takeLock = sql`select get_lock('one', 0) as taken`;

describeGaleraCluster('services on a cluster', (cluster) => {
  test('are told that its locks by name hold for one node only', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, {});
    const [here, there] = nodes.all;
    await using first = await here.begin();
    await using second = await there.begin();

    const taken = [await first.query(takeLock), await second.query(takeLock)];

    expect(taken).toEqual([[{ taken: 1 }], [{ taken: 1 }]]);
    expect(nodes.all.map(({ dialect }) => dialect.locks)).toEqual([undefined, undefined, undefined]);
  });

  test('read on each node what was written on any, in every script', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, schema);
    const bodies = ['žluťoučký kůň', '日本語', '🏘️ 𝄞'];

    for (const [index, node] of nodes.all.entries()) {
      await node.repository(notes).insert({ body: bodies[index] ?? '' });
    }

    await catchUp(nodes.all);

    for (const node of nodes.all) {
      const read = await node.repository(notes).list({ order: ['body'] });
      expect(read.map(({ body }) => body)).toEqual(bodies.toSorted());
      expect(await node.query(sql`select @@character_set_client as c, @@character_set_connection as n`)).toEqual([
        { c: 'utf8mb4', n: 'utf8mb4' },
      ]);
    }
  });

  test('run a transaction again that the cluster refused at commit', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, schema);
    const [here, there] = nodes.all;
    await startCounter(nodes.all);
    let runs = 0;

    await here.transaction(async (tx) => {
      runs += 1;
      await tx.execute(sql`update counter set value = value + 1 where id = 1`);
      if (runs === 1) await there.execute(sql`update counter set value = value + 10 where id = 1`);
    });

    expect(runs).toBe(2);
    expect(await here.repository(counters).get(1)).toEqual({ id: 1, value: 11 });
  });

  test('run a statement again that the cluster ended because it changes the table', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, schema);
    const [here, there] = nodes.all;
    await startCounter(nodes.all);
    let isOver = false;
    const failures = new Set<string>();
    const write = async (): Promise<number> => {
      let changed = 0;
      // Another text each time, so that each is prepared: a prepared statement meets the change less often.
      for (let turn = 0; !isOver; turn += 1) {
        const text = `update counter set value = value + 1 where id = 1 and ${turn} >= 0`;
        try {
          changed += (await there.run({ sql: text }, [])).changes;
        } catch (error) {
          // One that meets five changes in a row is given up.
          if (!(error instanceof RowhouseError && retryOf(error.code) === 'transaction')) failures.add(String(error));
        }
      }
      return changed;
    };
    const writing = Promise.all([write(), write()]);

    const changing = async (): Promise<void> => {
      for (let turn = 0; turn < 100; turn += 1) {
        await here.run({ sql: `alter table counter add column extra${turn} int, algorithm = instant` }, []);
        await here.run({ sql: `alter table counter drop column extra${turn}, algorithm = instant` }, []);
        await delay(20);
      }
    };
    const [changed] = await Promise.all([writing, changing().finally(() => (isOver = true))]);

    expect([...failures]).toEqual([]);
    await catchUp(nodes.all);
    expect(await here.repository(counters).get(1)).toEqual({ id: 1, value: changed[0] + changed[1] });
  });

  test('lose no increment of a counter that two nodes write', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, schema);
    await startCounter(nodes.all);
    let runs = 0;
    // On one hot row about every second commit is refused: five attempts, the default, can all meet another's commit.
    const patient = { attempts: 40 };
    const increment = async (node: ServiceDatabase): Promise<void> => {
      await node.transaction(async (tx) => {
        runs += 1;
        const [row] = await tx.query<{ value: number }>(sql`select value from counter where id = 1 for update`);
        await tx.repository(counters).update(1, { value: (row?.value ?? Number.NaN) + 1 });
      }, patient);
    };

    await Promise.all(
      nodes.all.slice(0, 2).map(async (node) => {
        for (let done = 0; done < 50; done += 1) await increment(node);
      }),
    );

    expect(runs).toBeGreaterThanOrEqual(100);
    // The last commits of the other node may still be on their way to this one.
    await expect
      .poll(async () => await nodes.all[0].repository(counters).get(1), { timeout: 20_000 })
      .toEqual({ id: 1, value: 100 });
  });

  test('go on when a node dies, and find everything on it when it is back', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, schema);
    await startCounter(nodes.all);
    const stop = new AbortController();
    const writers = nodes.all.slice(0, 2).map(async (node) => await keepWriting(node, stop.signal));

    await delay(500);
    await cluster.kill(2);
    await delay(6_000);
    stop.abort();

    const outcomes = await Promise.all(writers);
    expect(outcomes.map(({ failures }) => failures)).toEqual([[], []]);
    expect(Math.max(...outcomes.map(({ longestMs }) => longestMs))).toBeLessThan(10_000);
    expect(Math.min(...outcomes.map(({ writes }) => writes))).toBeGreaterThan(10);

    await cluster.start(2);

    await using back = await connect(schema, localSettings(shared.urls[2]));
    const total = outcomes.reduce((sum, { writes }) => sum + writes, 0);
    expect(await back.repository(notes).count()).toBe(total);
  });
});

/** Gives every node the counter. */
async function startCounter(nodes: Nodes['all']): Promise<void> {
  await nodes[0].repository(counters).insert({ id: 1 });
  await catchUp(nodes);
}

interface Written {
  readonly writes: number;
  readonly longestMs: number;
  readonly failures: readonly string[];
}

async function keepWriting(node: ServiceDatabase, stop: AbortSignal): Promise<Written> {
  let [writes, longestMs] = [0, 0];
  const failures: string[] = [];
  while (!stop.aborted) {
    const start = performance.now();
    try {
      await node.repository(notes).insert({ body: 'alive' });
      writes += 1;
    } catch (error) {
      failures.push(String(error));
    }
    longestMs = Math.max(longestMs, performance.now() - start);
    await delay(20);
  }
  return { writes, longestMs, failures };
}
