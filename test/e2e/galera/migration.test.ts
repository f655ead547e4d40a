import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { integer, sql, table } from '../../../src/index.ts';
import { leases } from '../../../src/lease/lease-table.ts';
import { renewLease, tryTakeLease, type Lease } from '../../../src/lease/lease.ts';
import { withLease } from '../../../src/lease/with-lease.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { bookshop, createTable, revision } from '../../integration/migration/history.ts';
import { openBench } from '../../integration/migration/open-bench.ts';
import { describeGaleraCluster } from '../../servers/galera/describe-galera-cluster.ts';
import { holdUp } from './hold-up.ts';
import { killUpgrade } from './killed-upgrade.ts';
import { catchUp, openNodes } from './open-nodes.ts';

const marks = table('mark', { id: integer().primaryKey(), value: integer() });

const schema = { leases, marks };

const longMs = 60_000;

describeGaleraCluster('migrations on a cluster', (cluster) => {
  test('that start on two nodes at once are applied by one, and the other finds nothing', async () => {
    for (let round = 0; round < 3; round += 1) {
      await using shared = await cluster.database();
      await using a = await openBench(shared.urls[0], bookshop);
      await using b = await openBench(shared.urls[1], bookshop);

      const reports = await Promise.all([a, b].map(async ({ context }) => await upgrade(context)));

      expect(reports.map(({ revisions }) => revisions.length).toSorted((x, y) => x - y)).toEqual([0, 3]);
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
    expect(tookMs).toBeLessThan(30_000);
    expect(report).toMatchObject({ resumed: true, revisions: [{ id: 'r3' }] });
    expect((await bench.ledger()).map(({ revision, state }) => [revision, state])).toEqual(
      ['r1', 'r2', 'r3'].map((id) => [id, 'done']),
    );
  });

  test('take a lease that one of three nodes gets, new and free again', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, schema);
    const race = async (name: string): Promise<number> => {
      const taken = await Promise.all(
        nodes.all.map(async (node, index) => await tryTakeLease(node, name, `racer ${index}`, 200)),
      );
      return taken.filter((lease) => lease !== undefined).length;
    };

    const winners: number[] = [];
    for (let round = 0; round < 20; round += 1) winners.push(await race(`lease ${round}`));
    await delay(400);
    for (let round = 0; round < 20; round += 1) winners.push(await race(`lease ${round}`));

    expect(winners).toEqual(Array.from({ length: 40 }, () => 1));
  });

  test('spare a holder whose renewals were held up, and replace one that is dead', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, schema);
    const [here, there] = nodes.all;
    const held = await tryTakeLease(here, 'deploy', 'held up', 200);
    if (held === undefined) throw new Error('nobody else could hold it');

    const refused = withLease(there, 'deploy', { waitMs: 1_000, ttlMs: 4_000 }, async () => await Promise.resolve());
    await Promise.all([expect(refused).rejects.toMatchObject({ code: 'LOCK_HELD' }), renewLate(here, held)]);

    const wait = { waitMs: longMs, ttlMs: 1_000 };
    expect(await withLease(there, 'deploy', wait, async ({ generation }) => await Promise.resolve(generation))).toBe(
      2n,
    );
  });

  test('do not take a lease whose renewal their own node has not seen yet', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, schema);
    const [here, there] = nodes.all;
    const held = await tryTakeLease(here, 'deploy', 'held up', 200);
    if (held === undefined) throw new Error('nobody else could hold it');
    await catchUp(nodes.all);
    await delay(250);

    await using lagging = await holdUp(there);
    await renewLease(here, held, longMs);
    const taken = tryTakeLease(there, 'deploy', 'too early', longMs);
    await delay(300);
    await lagging.goOn();

    expect(await taken).toBeUndefined();
    expect(await here.repository(leases).get('deploy')).toMatchObject({ owner: 'held up', generation: 1n });
  });

  test('stop when another run has taken over during a statement, and leave the ledger to it', async () => {
    const long = { kind: 'raw-sql', up: { mariadb: 'do sleep(5)' } } as const;
    const held = revision('r4', ['r3'], [long, createTable('late')]);
    await using shared = await cluster.database();
    await using bench = await openBench(shared.urls[0], [...bookshop, held]);
    await using nodes = await openNodes(shared, schema);
    const thief = nodes.all[1].repository(leases);
    let theft: Promise<unknown> | undefined;
    const onProgress = ({ revision: { id } }: { readonly revision: { readonly id: string } }): void => {
      if (id === 'r4') theft ??= thief.updateWhere({ name: bench.context.ledger.name }, { generation: 100n });
    };

    await expect(upgrade({ ...bench.context, onProgress })).rejects.toMatchObject({ code: 'LEASE_LOST' });

    expect(await theft).toBe(1);
    expect((await bench.ledger()).at(-1)).toMatchObject({ revision: 'r4', state: 'running', finishedAt: null });
  });

  test('read on their node what was just committed on another', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, schema);
    const [here, there] = nodes.all;
    await here.repository(marks).insert({ id: 1, value: 1 });
    await catchUp(nodes.all);

    const { plain, latest } = await there.pinned(async (session) => {
      for (const text of session.dialect.sessions.readLatest ?? []) await session.script(text);
      await using lagging = await holdUp(there);
      await here.repository(marks).update(1, { value: 2 });
      const read = session.query<{ value: number }>(sql`select value from mark where id = 1`);
      const first = await there.repository(marks).get(1);
      await lagging.goOn();
      return { plain: first.value, latest: await read };
    });

    expect({ plain, latest }).toEqual({ plain: 1, latest: [{ value: 2 }] });
  });
});

/** A renewal that comes after the end of the lease, as one does that a definition has held up. */
async function renewLate(session: ServiceDatabase, held: Lease): Promise<void> {
  await delay(600);
  await renewLease(session, held, 2_000);
}
