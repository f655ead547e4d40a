import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { offlinePlans } from '../../../src/migration/offline/offline-plans.ts';
import { renderOffline } from '../../../src/migration/offline/offline-script.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { until } from '../../../src/testing/server/until.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection, type OpenConnection } from '../dialects/open-connection.ts';
import { runScript } from '../offline/run-script.ts';
import { createTable, revision } from '../migration/history.ts';
import { openBench, type Bench } from '../migration/open-bench.ts';

const structure = `
  create table measured (day date not null, value int) partition by range (day);
  create table measured_2024 partition of measured for values from ('2024-01-01') to ('2025-01-01');
  create table measured_2025 partition of measured for values from ('2025-01-01') to ('2026-01-01');
  insert into measured select '2024-01-01'::date + n, n from generate_series(0, 500) n;`;

const detach: Change = {
  kind: 'raw-sql',
  up: { postgresql: 'alter table measured detach partition measured_2024 concurrently' },
  down: {
    postgresql: `alter table measured attach partition measured_2024 for values from ('2024-01-01') to ('2025-01-01')`,
  },
};
const revisions = [revision('r1', [], [createTable('shelf'), detach, createTable('drawer')])];

/** Is it a partition, is its detaching pending, and how many rows does its parent have? */
const state = `select c.relispartition, i.inhdetachpending, (select count(*) from measured)
  from pg_class c left join pg_inherits i on i.inhrelid = c.oid where c.relname = 'measured_2024'`;

describeServers(['postgresql-15', 'postgresql-16', 'postgresql-18'], 'detaching a partition concurrently', (server) => {
  test('is a step of its own, after which the partition is a table', async () => {
    await using database = await server.database();
    await using bench = await openBench(database.url, revisions);
    await using other = await openConnection(database.url);
    await other.connection.script(structure);

    await upgrade(bench.context);

    expect(await ask(other, state)).toEqual([['f', null, '135']]);
    expect(await ask(other, 'select count(*) from measured_2024')).toEqual([['366']]);
    expect(await states(bench)).toEqual(['done']);
  });

  test('is one statement of a script for psql: the other half is a comment in it', async () => {
    await using database = await server.database();
    await using bench = await openBench(database.url, revisions);
    await using other = await openConnection(database.url);
    await other.connection.script(structure);
    const { graph, database: service } = bench.context;
    const plans = offlinePlans('base:head', graph, service.dialect);
    const ledger = { name: 'rowhouse_ledger', project: 'p', service: 's', actor: 'a', toolVersion: '0.0.0' };

    const script = renderOffline({ plans, ledger, fromNothing: true, serverVersion: '18' }, service.dialect);
    await runScript(database.url, script);

    expect(script).toContain('-- alter table measured detach partition measured_2024 finalize');
    expect(await ask(other, state)).toEqual([['f', null, '135']]);
  });

  test('waits for who reads, and is finished by the next run where it was stopped meanwhile', async () => {
    await using database = await server.database();
    await using bench = await openBench(database.url, revisions);
    await using other = await openConnection(database.url);
    await using reader = await openConnection(database.url);
    await other.connection.script(structure);
    await reader.connection.script('begin isolation level repeatable read');
    await reader.connection.script('select count(*) from measured');
    const stop = new AbortController();

    const stopped = upgrade({ ...bench.context, signal: stop.signal });
    stopped.catch(() => undefined);
    await until(async () => (await ask(other, state))[0]?.[1] === 't', { withinMs: 10_000 });
    stop.abort();
    await cancelDetach(other);
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });

    // the rows are in neither: the parent shows them no more, and there is no way back
    expect(await ask(other, state)).toEqual([['t', 't', '135']]);
    const again = other.connection.script('alter table measured detach partition measured_2024 concurrently');
    await expect(again).rejects.toThrow(/already pending detach/);
    await reader.connection.script('rollback');

    const { resumed } = await upgrade(bench.context);

    expect(resumed).toBe(true);
    expect(await ask(other, state)).toEqual([['f', null, '135']]);
    expect((await bench.inspect()).tables.map(({ name }) => name)).toContain('drawer');
    expect((await states(bench)).at(-1)).toBe('done');
  });

  test('is finished too where another hand had begun it', async () => {
    await using database = await server.database();
    await using bench = await openBench(database.url, revisions);
    await using other = await openConnection(database.url);
    await using reader = await openConnection(database.url);
    await using hand = await openConnection(database.url);
    await other.connection.script(structure);
    await reader.connection.script('begin isolation level repeatable read');
    await reader.connection.script('select count(*) from measured');
    const begun = hand.connection.script('alter table measured detach partition measured_2024 concurrently');
    begun.catch(() => undefined);
    await until(async () => (await ask(other, state))[0]?.[1] === 't', { withinMs: 10_000 });
    await cancelDetach(other);
    await expect(begun).rejects.toThrow(/cancel/);
    await reader.connection.script('rollback');

    await upgrade(bench.context);

    expect(await ask(other, state)).toEqual([['f', null, '135']]);
  });
});

async function cancelDetach(other: OpenConnection): Promise<void> {
  await ask(
    other,
    `select pg_cancel_backend(pid) from pg_stat_activity where query like '%concurrently' and pid <> pg_backend_pid()
      and state = 'active' and datname = current_database()`,
  );
}

async function ask({ connection }: OpenConnection, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.run({ sql }, [])).rows;
}

async function states(bench: Bench): Promise<readonly string[]> {
  return (await bench.ledger()).map((entry) => entry.state);
}
