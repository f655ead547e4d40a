import { expect, test } from 'vitest';
import { clients, clientTableName } from '../../../src/migration/client/client-table.ts';
import { listClients } from '../../../src/migration/client/list-clients.ts';
import { reportClient } from '../../../src/migration/client/report-client.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { id, sql } from '../../../src/sql/sql.ts';
import { until } from '../../../src/testing/server/until.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openBench, type Bench } from '../migration/open-bench.ts';
import { history, renames } from './people.ts';

const revisions = history(renames);

const silent = { onFailure: (error: unknown) => expect.unreachable(String(error)) };

async function report(bench: Bench, revision: string, version = '1.0.0'): Promise<AsyncDisposable> {
  return await reportClient(bench.database, { service: 'app', version, revision }, silent);
}

/** With the first revision, so that there is a table to report in. */
async function openMigrated(url: string): Promise<Bench> {
  const bench = await openBench(url, revisions);
  await upgrade(bench.context, 'first');
  return bench;
}

async function seen(bench: Bench): Promise<readonly unknown[]> {
  const found = await bench.database.pinned(async (session) => await listClients(session, 'app'));
  return found.map(({ version, revision, isLive }) => [version, revision, isLive]);
}

async function tableNames({ database }: Bench): Promise<readonly string[]> {
  const { tables } = await database.pinned(
    async ({ connection, dialect }) => await dialect.inspector.inspect(connection, {}),
  );
  return tables.map(({ name }) => name);
}

describeEachServer('processes that report themselves', (server) => {
  test('old code keeps a contract from being made, and is named', async () => {
    await using temporary = await server.database();
    await using bench = await openMigrated(temporary.url);
    await using _old = await report(bench, 'first', '1.4.2');

    const refused = upgrade(bench.context);

    await expect(refused).rejects.toMatchObject({
      code: 'PHASE_REFUSED',
      message: expect.stringMatching(/^revision contract waits for version 1\.4\.2 \(.+, seen \d+ s ago\)$/),
      details: { completes: ['expand'], clients: [{ version: '1.4.2', revision: 'first' }] },
      hint: expect.stringMatching(/for \d+ s more at most/),
    });
    const { current, pending } = await migrationStatus(bench.context);
    expect([current, pending.map((one) => one.id)]).toEqual([['expand'], ['contract']]);
  });

  test('new code, and old code that has ended, are in nobody’s way', async () => {
    await using temporary = await server.database();
    await using bench = await openMigrated(temporary.url);
    const old = await report(bench, 'first');
    await using _new = await report(bench, 'contract', '2.0.0');
    await using _middle = await report(bench, 'expand', '1.9.0');
    await old[Symbol.asyncDispose]();

    const { revisions: made } = await upgrade(bench.context);

    expect(made.map((one) => one.id)).toEqual(['expand', 'contract']);
    expect(await seen(bench)).toHaveLength(2);
  });

  test('code of a revision that nobody here knows keeps it too', async () => {
    await using temporary = await server.database();
    await using bench = await openMigrated(temporary.url);
    await using _strange = await report(bench, 'from-another-branch');

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'PHASE_REFUSED' });
  });

  test('one that has been silent for a minute counts for nothing any more', async () => {
    await using temporary = await server.database();
    await using bench = await openMigrated(temporary.url);
    await using _killed = await report(bench, 'first');
    const seenAt = new Date(Date.now() - 3_600_000);
    await createRepository(clients, bench.database).updateWhere('all', { seenAt });

    await upgrade(bench.context);

    expect(await seen(bench)).toEqual([['1.0.0', 'first', false]]);
  });

  test('make no table: they say once that there is none, and are seen after the first migration', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, revisions);
    const failures: unknown[] = [];
    const reported = { service: 'app', version: '1.0.0', revision: 'first' };
    await using _early = await reportClient(bench.database, reported, {
      onFailure: (error) => failures.push(error),
      everyMs: 20,
    });

    const before = await tableNames(bench);
    await upgrade(bench.context, 'first');
    await until(async () => (await seen(bench)).length === 1, { withinMs: 10_000 });

    expect(before).toEqual([]);
    expect(await tableNames(bench)).toContain(clientTableName);
    expect(failures).toMatchObject([
      { code: 'OBJECT_MISSING', hint: expect.stringContaining('`rowhouse up` makes it') },
    ]);
  });

  test('a report that cannot be written is told of, and stops nothing', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, revisions);
    await bench.database.execute(sql`create table ${id(clientTableName)} (something integer)`);
    const failures: unknown[] = [];

    const reported = await reportClient(
      bench.database,
      { version: '1', revision: 'first' },
      { onFailure: (error) => failures.push(error) },
    );
    await reported[Symbol.asyncDispose]();

    expect(failures.length).toBeGreaterThan(0);
  });
});
