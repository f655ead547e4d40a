import { until } from '../../../src/testing/server/until.ts';
import type { Connection } from '../../../src/driver/connection.ts';
import { openConnection } from '../dialects/open-connection.ts';

/** Begins to detach a partition concurrently and stops it while it waits for somebody who reads the table above. */
export async function stopDetach(url: string, parent: string, partition: string): Promise<void> {
  await using reader = await openConnection(url);
  await using worker = await openConnection(url);
  await using watcher = await openConnection(url);
  await reader.connection.script(`begin isolation level repeatable read; select count(*) from ${parent}`);
  const [[pid] = []] = await ask(worker.connection, 'select pg_backend_pid()');
  const stopped = worker.connection.script(`alter table ${parent} detach partition ${partition} concurrently`);
  stopped.catch(() => undefined);
  const isPending = `select true from pg_inherits where inhrelid = '${partition}'::regclass and inhdetachpending`;
  await until(async () => (await ask(watcher.connection, isPending)).length > 0, { withinMs: 20_000 });
  await ask(watcher.connection, `select pg_cancel_backend(${String(pid)})`);
  await stopped.then(
    () => Promise.reject(new Error('it was not stopped')),
    () => undefined,
  );
  await reader.connection.script('rollback');
}

async function ask(connection: Connection, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.run({ sql }, [])).rows;
}
