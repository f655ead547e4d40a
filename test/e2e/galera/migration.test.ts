import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { integer, sql, table } from '../../../src/index.ts';
import { leases } from '../../../src/lease/lease-table.ts';
import { ensureLeaseTable, tryTakeLease } from '../../../src/lease/lease.ts';
import { withLease } from '../../../src/lease/with-lease.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { until } from '../../../src/testing/server/until.ts';
import { bookshop } from '../../integration/migration/history.ts';
import { openBench } from '../../integration/migration/open-bench.ts';
import { describeGaleraCluster } from '../../servers/galera/describe-galera-cluster.ts';
import { killUpgrade } from './killed-upgrade.ts';

const marks = table('mark', { id: integer().primaryKey(), value: integer() });

const longMs = 60_000;

describeGaleraCluster('migrations on a cluster', (cluster) => {
  test('that start on two nodes at once are applied by one, and the other finds nothing', async () => {
    for (let round = 0; round < 3; round += 1) {
      await using shared = await cluster.database();
      await using a = await openBench(shared.urls[0], bookshop);
      await using b = await openBench(shared.urls[1], bookshop);

      const reports = await Promise.all([a, b].map(async ({ context }) => await upgrade(context)));

      expect(reports.map(({ revisions }) => revisions.length).toSorted()).toEqual([0, 3]);
      expect((await a.ledger()).map(({ revision, state }) => [revision, state])).toEqual(
        ['r1', 'r2', 'r3'].map((id) => [id, 'done']),
      );
    }
  });

  test('whose process was killed are finished from another node within half a minute', async () => {
    await using shared = await cluster.database();
    await using bench = await openBench(shared.urls[1], bookshop);
    await killUpgrade(shared.urls[0]);
    const killedAt = performance.now();

    const report = await upgrade(bench.context);

    const tookMs = performance.now() - killedAt;
    console.log('taken over and finished after', tookMs);
    expect(tookMs).toBeLessThan(30_000);
    expect(report).toMatchObject({ resumed: true, revisions: [{ id: 'r3' }] });
    expect((await bench.ledger()).map(({ revision, state }) => [revision, state])).toEqual(
      ['r1', 'r2', 'r3'].map((id) => [id, 'done']),
    );
  });

  test('take a lease that one of three nodes gets, new and free again', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared.urls);
    await ensureLeaseTable(nodes.all[0]);
    const race = async (name: string): Promise<number> => {
      const taken = await Promise.all(
        nodes.all.map(async (node, index) => await tryTakeLease(node, name, `racer ${index}`, 200)),
      );
      return taken.filter((lease) => lease !== undefined).length;
    };

    const winners: number[] = [];
    for (let round = 0; round < 20; round += 1) winners.push(await race(`lease ${round}`));
    await until(() => false, { withinMs: 400 });
    for (let round = 0; round < 20; round += 1) winners.push(await race(`lease ${round}`));

    expect(winners).toEqual(Array.from({ length: 40 }, () => 1));
  });

  test('keep their lease while a long definition holds up the whole cluster', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared.urls);
    const [here, there] = nodes.all;
    await here.execute(sql`create table big (id int primary key, body varchar(100))`);
    await here.execute(sql`insert into big select seq, repeat('x', 60) from seq_1_to_400000`);
    const order: string[] = [];
    const ttlMs = 900;
    let definitionMs = 0;
    const holder = withLease(here, 'deploy', { waitMs: 0, ttlMs }, async (_lease, lost) => {
      order.push('first begins');
      const start = performance.now();
      await here.execute(sql`alter table big add column more int, add index (body), algorithm=copy`);
      definitionMs = performance.now() - start;
      await until(() => false, { withinMs: 3 * ttlMs });
      order.push(lost.aborted ? 'first has lost' : 'first ends');
    });
    await until(() => order.length > 0, { withinMs: 5_000 });

    const waiter = withLease(there, 'deploy', { waitMs: longMs, ttlMs }, async () => {
      order.push('second begins');
      await Promise.resolve();
    });

    const outcomes = await Promise.allSettled([holder, waiter]);
    console.log(definitionMs, order, outcomes);
    expect(definitionMs).toBeGreaterThan(ttlMs);
    expect(order).toEqual(['first begins', 'first ends', 'second begins']);
  });
});

interface Nodes extends AsyncDisposable {
  readonly all: readonly [ServiceDatabase, ServiceDatabase, ServiceDatabase];
}

async function openNodes(urls: readonly [string, string, string]): Promise<Nodes> {
  await using opened = new AsyncDisposableStack();
  const open = async (url: string): Promise<ServiceDatabase> =>
    opened.use(await connect({ leases, marks }, localSettings(url)));
  const all = [await open(urls[0]), await open(urls[1]), await open(urls[2])] as const;
  const kept = opened.move();
  return { all, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
