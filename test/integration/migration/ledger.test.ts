import { expect, test } from 'vitest';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { ensureLeaseTable } from '../../../src/lease/lease.ts';
import { fingerprint } from '../../../src/migration/run/fingerprint.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { stamp } from '../../../src/migration/run/stamp.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { ensureSeedTable } from '../../../src/seed/record/ensure-seed-table.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { addColumn, bookshop, createTable, revision } from './history.ts';
import { openBench } from './open-bench.ts';

describeEachServer('the ledger', (server) => {
  test('is not made by those who only read', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);

    const status = await migrationStatus(bench.context);

    expect(status.pending.map(({ id }) => id)).toEqual(['r1', 'r2', 'r3']);
    const everything = await bench.database.pinned(
      async ({ connection, dialect }) => await dialect.inspector.inspect(connection),
    );
    expect(everything).toEqual(emptyCatalog);
  });

  test('keeps a fingerprint that our own tables do not change, and a change by hand does', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    const now = async (): Promise<string> =>
      await bench.database.pinned(async (session) => await fingerprint(bench.context, session));
    await upgrade(bench.context);
    const recorded = (await bench.ledger()).at(-1)?.fingerprint;

    await ensureSeedTable(bench.database);
    await ensureLeaseTable(bench.database);
    const same = await now();
    await bench.database.run({ sql: 'create table stranger (id integer)' }, []);

    expect(same).toBe(recorded);
    expect(await now()).not.toBe(recorded);
  });

  test('a revision that was changed after it was applied stops everything', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);
    const before = await bench.inspect();
    const edited = bench.with([
      ...bookshop.slice(0, 2),
      revision('r3', ['r2'], [createTable('shelf')]),
      revision('r4', ['r3'], [addColumn('shelf', 'colour')]),
    ]);

    await expect(upgrade(edited)).rejects.toMatchObject({
      code: 'REVISION_CHECKSUM_MISMATCH',
      details: { revision: 'r3' },
    });
    await expect(downgrade(edited)).rejects.toMatchObject({ code: 'REVISION_CHECKSUM_MISMATCH' });

    expect((await migrationStatus(edited)).edited).toEqual(['r3']);
    expect(await bench.inspect()).toEqual(before);
  });

  test('a database ahead of the code is reported and left alone', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);
    const before = await bench.inspect();
    const old = bench.with(bookshop.slice(0, 2));

    await expect(upgrade(old)).rejects.toMatchObject({ code: 'LEDGER_AHEAD', details: { revision: 'r3' } });
    await expect(downgrade(old)).rejects.toMatchObject({ code: 'LEDGER_AHEAD' });

    expect((await migrationStatus(old)).unknown).toEqual(['r3']);
    expect(await bench.inspect()).toEqual(before);
  });

  test('of another project is left alone, whatever its services are called', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);

    for (const service of ['app', 'another']) {
      const foreign = bench.with([revision('x1', [], [createTable('mine')])], { project: 'bank', service });
      await expect(upgrade(foreign)).rejects.toMatchObject({ code: 'LEDGER_FOREIGN', details: { project: 'shop' } });
      await expect(migrationStatus(foreign)).rejects.toMatchObject({ code: 'LEDGER_FOREIGN' });
    }
    expect((await bench.inspect()).tables.map(({ name }) => name)).not.toContain('mine');
  });

  test('services of one project share it without seeing each other', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);
    const other = bench.with([revision('x1', [], [createTable('mine')])], { service: 'other' });

    await upgrade(other);

    expect((await migrationStatus(other)).current).toEqual(['x1']);
    expect((await migrationStatus(bench.context)).current).toEqual(['r3']);
  });

  test('stamp records without running, forwards and back', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    const currentNow = async (): Promise<readonly string[]> => (await migrationStatus(bench.context)).current;

    await stamp(bench.context);
    const stamped = await currentNow();
    await stamp(bench.context, 'r1');
    const back = await currentNow();
    await stamp(bench.context, 'base');

    expect([stamped, back, await currentNow()]).toEqual([['r3'], ['r1'], []]);
    expect(await bench.inspect()).toEqual(emptyCatalog);
    await upgrade(bench.context);
    expect(await currentNow()).toEqual(['r3']);
  });
});
