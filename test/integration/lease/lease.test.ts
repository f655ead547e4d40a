import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { leases } from '../../../src/lease/lease-table.ts';
import { ensureLeaseTable, releaseLease, renewLease, tryTakeLease } from '../../../src/lease/lease.ts';
import { withLease } from '../../../src/lease/with-lease.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';

const longMs = 60_000;

describeEachServer('a lease', (server) => {
  test('has one holder until it is released, and each holder a higher generation', async () => {
    await using place = await schemaDatabase(server, { leases });
    const { database } = place;

    const first = await tryTakeLease(database, 'deploy', 'a', longMs);
    const second = await tryTakeLease(database, 'deploy', 'b', longMs);
    const other = await tryTakeLease(database, 'cleanup', 'b', longMs);
    if (first !== undefined) await releaseLease(database, first);
    const third = await tryTakeLease(database, 'deploy', 'b', longMs);

    expect([first?.generation, second, other?.generation, third?.generation]).toEqual([1n, undefined, 1n, 2n]);
  });

  test('that has expired is taken over, and the old holder learns that it is lost', async () => {
    await using place = await schemaDatabase(server, { leases });
    const { database } = place;
    const old = await tryTakeLease(database, 'deploy', 'a', 30);
    await delay(60);

    const taken = await tryTakeLease(database, 'deploy', 'b', longMs);

    expect(taken).toEqual({ name: 'deploy', owner: 'b', generation: 2n });
    if (old === undefined) throw new Error('nobody else could hold it');
    await expect(renewLease(database, old, longMs)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await releaseLease(database, old);
    expect(await tryTakeLease(database, 'deploy', 'c', longMs)).toBeUndefined();
  });

  test('that is renewed stays with its holder', async () => {
    await using place = await schemaDatabase(server, { leases });
    const { database } = place;
    const held = await tryTakeLease(database, 'deploy', 'a', 200);
    if (held === undefined) throw new Error('nobody else could hold it');

    await renewLease(database, held, longMs);
    await delay(250);

    expect(await tryTakeLease(database, 'deploy', 'b', longMs)).toBeUndefined();
  });

  test('has one winner among twenty, new and expired', async () => {
    await using place = await schemaDatabase(server, { leases });
    const { database } = place;
    const race = async (): Promise<readonly bigint[]> => {
      const owners = Array.from({ length: 20 }, (_, number) => `racer ${number}`);
      const outcomes = await Promise.all(
        owners.map(async (owner) => await tryTakeLease(database, 'deploy', owner, 300)),
      );
      return outcomes.flatMap((lease) => lease?.generation ?? []);
    };

    const first = await race();
    await delay(400);
    const second = await race();

    expect([first, second]).toEqual([[1n], [2n]]);
  });

  test('works in turn for all who wait, and never for two at once', async () => {
    await using place = await schemaDatabase(server, { leases });
    const { database } = place;
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, (inside += 1));
      await delay(10);
      inside -= 1;
    };

    await Promise.all([1, 2, 3].map(async () => await withLease(database, 'deploy', { waitMs: longMs }, work)));

    expect(most).toBe(1);
  });

  test('that was taken over stops the work and discards what it gave', async () => {
    await using place = await schemaDatabase(server, { leases });
    const { database } = place;
    const work = withLease(database, 'deploy', { waitMs: 0, ttlMs: 300 }, async (lease, signal) => {
      await database
        .repository(leases)
        .updateWhere({ name: lease.name }, { owner: 'b', generation: lease.generation + 1n });
      await Promise.race([
        delay(5000, undefined, { ref: false }),
        new Promise((done) => signal.addEventListener('abort', done)),
      ]);
      return signal.aborted;
    });

    await expect(work).rejects.toMatchObject({ code: 'LEASE_LOST' });

    expect((await database.repository(leases).get('deploy')).owner).toBe('b');
  });

  test('is refused to who does not want to wait longer', async () => {
    await using place = await schemaDatabase(server, { leases });
    const { database } = place;
    await tryTakeLease(database, 'deploy', 'a', longMs);

    const work = withLease(database, 'deploy', { waitMs: 50 }, async () => await Promise.resolve());

    await expect(work).rejects.toMatchObject({ code: 'LOCK_HELD' });
  });

  test('makes its table once, however many try', async () => {
    await using place = await schemaDatabase(server, {});
    const { database } = place;

    await Promise.all(Array.from({ length: 8 }, async () => await ensureLeaseTable(database)));

    expect(await tryTakeLease(database, 'deploy', 'a', longMs)).toMatchObject({ generation: 1n });
  });
});
