import { setTimeout } from 'node:timers/promises';
import type { Connection } from '../../../driver/connection.ts';
import { postgresText } from '../text.ts';
import { readLocks, type LockRow } from './locks.ts';

/** Often enough to see a statement that is over in a few milliseconds. */
const lookEveryMs = 1;

const tables = {
  sql: `select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
};
const waitsForMe = { sql: 'select pg_backend_pid() = any (pg_blocking_pids($1::int))' };

/**
 * Runs a statement that commits as it goes, and collects the locks it is seen with. It would be over too soon to be
 * seen, so the observer lets it wait twice: for its first lock, and, being an older transaction that uses every table,
 * where the statement waits for those.
 */
export async function watch(connection: Connection, sql: string, observer: Connection): Promise<readonly LockRow[]> {
  const seen: LockRow[] = [];
  let isOver = false;
  await standInTheWay(observer);
  const run = connection.script(sql).finally(() => {
    isOver = true;
  });
  run.catch(() => undefined); // awaited below, after the watching
  const ways = ['rollback to savepoint way', 'rollback'];
  while (!isOver) {
    seen.push(...(await readLocks(observer, connection.sessionId)));
    if (ways.length > 0 && (await waits(connection, observer))) {
      seen.push(...(await readLocks(observer, connection.sessionId)));
      await observer.script(ways.shift() ?? '');
    }
    await setTimeout(lookEveryMs);
  }
  if (ways.length > 0) await observer.script('rollback');
  await run;
  return seen;
}

async function standInTheWay(observer: Connection): Promise<void> {
  const { rows } = await observer.run(tables, []);
  const names = rows.map((row) => row.map((name) => postgresText.name(String(name))).join('.'));
  await observer.script('begin isolation level repeatable read');
  await observer.script('select 1 from pg_class limit 1');
  await lock(observer, names, 'access share');
  await observer.script('savepoint way');
  await lock(observer, names, 'share update exclusive');
}

async function lock(observer: Connection, names: readonly string[], mode: string): Promise<void> {
  if (names.length > 0) await observer.script(`lock table only ${names.join(', only ')} in ${mode} mode`);
}

async function waits(connection: Connection, observer: Connection): Promise<boolean> {
  const { rows } = await observer.run(waitsForMe, [connection.sessionId]);
  return rows[0]?.[0] === 't';
}
