import type { BlockingProbe, BlockingRehearsal } from '../../../dialect/blocking.ts';
import type { Effects } from '../../../dialect/effects.ts';
import type { Connection } from '../../../driver/connection.ts';
import { firstKeyword } from '../../../driver/first-keyword.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { readLocks, strongest, type LockRow } from './locks.ts';
import { reachesBeyond } from './outer-effects.ts';
import { isQuery, passesOfQuery } from './query-passes.ts';
import { readRelations, type Relation } from './relations.ts';
import { readOwnPasses, type RowCounts } from './scans.ts';
import { countRows, mayExceed } from './table-size.ts';
import { watch } from './watch.ts';

/** 30 s: nothing takes that long without rows, unless it waits for some. */
const longestMs = 30_000;

/** Tells by a database without rows what a plan would do to one with rows. */
export const postgresBlocking: BlockingProbe = {
  mayExceed,
  countRows,
  async begin(scratch, observer) {
    await refuseForeignServers(scratch);
    await scratch.script(`set statement_timeout = ${longestMs}`);
    return rehearsal(scratch, observer, await readRelations(scratch));
  },
};

/** The rows of a foreign table are not copied: whatever is written to it would arrive. */
async function refuseForeignServers(scratch: Connection): Promise<void> {
  const { rows } = await scratch.run({ sql: 'select srvname from pg_foreign_server limit 1' }, []);
  if (rows.length === 0) return;
  throw new RowhouseError('SCRATCH_FAILED', 'nothing is tried where foreign tables lead to another server', {
    details: { server: rows[0]?.[0] },
  });
}

function rehearsal(
  connection: Connection,
  observer: Connection,
  start: ReadonlyMap<string, Relation>,
): BlockingRehearsal {
  return {
    mayRun: (sql) => !reachesBeyond(sql),
    async run({ sql, transactional }) {
      const before = await readRelations(transactional ? connection : observer);
      const { locks, passes } = transactional
        ? await inTransaction(connection, sql)
        : { locks: await watch(connection, sql, observer), passes: new Set<string>() };
      const after = await readRelations(transactional ? connection : observer);
      const kept = [...start].filter(([id]) => after.has(id));
      const modes = strongest(locks);
      return {
        locks: kept.flatMap(([id, { name }]) => {
          const lock = modes.get(id);
          return lock === undefined ? [] : [{ table: name, ...lock }];
        }),
        rewrites: kept.flatMap(([id, { name, isTable }]) =>
          isTable && !isEmptied(sql) && before.get(id)?.file !== after.get(id)?.file ? [{ table: name, bytes: 0 }] : [],
        ),
        scans: kept.flatMap(([id, { name }]) => (passes.has(id) && !isEmptied(sql) ? [{ table: name, rows: 0 }] : [])),
      } satisfies Effects;
    },
  };
}

/** A table that is emptied gets another file as well, and nobody waits for rows. */
function isEmptied(sql: string): boolean {
  return firstKeyword(sql) === 'truncate';
}

interface Seen {
  readonly locks: readonly LockRow[];
  /** The tables that are read from end to end. */
  readonly passes: ReadonlySet<string>;
}

/** Locks are kept to the end of the transaction, so those of the statements before are seen as well. */
async function inTransaction(connection: Connection, sql: string): Promise<Seen> {
  const passes = isQuery(sql) ? await passesOfQuery(connection, sql) : undefined;
  const before = await readOwnPasses(connection);
  await connection.script(sql);
  const since = passedSince(before, await readOwnPasses(connection));
  return { passes: passes ?? since, locks: await readLocks(connection, connection.sessionId) };
}

function passedSince(before: RowCounts, after: RowCounts): ReadonlySet<string> {
  return new Set([...after].flatMap(([id, count]) => (count > (before.get(id) ?? 0) ? [id] : [])));
}
