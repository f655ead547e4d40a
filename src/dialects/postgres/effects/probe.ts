import type { Effects, EffectProbe } from '../../../dialect/effects.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readLocks, strongest, type LockRow } from './locks.ts';
import { readRelations, type Relation } from './relations.ts';
import { countsSince, readCounts, readOwnCounts, type RowCounts } from './scans.ts';
import { watch } from './watch.ts';

/** Measures a statement by its locks, its files and its row counters. */
export const postgresEffects: EffectProbe = {
  async measure(connection, statement, observer) {
    return statement.transactional
      ? await inTransaction(connection, statement.sql)
      : await alone(connection, statement.sql, observer);
  },
};

/** Nothing is let go before the end of the transaction, so one look at its end sees all. */
async function inTransaction(connection: Connection, sql: string): Promise<Effects> {
  const before = await readRelations(connection);
  await connection.script('begin');
  try {
    // what the session read before and has not reported yet is counted here too
    const counted = await readOwnCounts(connection);
    await connection.script(sql);
    const locks = await readLocks(connection, connection.sessionId);
    const counts = countsSince(counted, await readOwnCounts(connection));
    const after = await readRelations(connection);
    await connection.script('commit');
    return effectsOf(before, after, locks, counts);
  } catch (error) {
    await connection.script('rollback');
    throw error;
  }
}

async function alone(connection: Connection, sql: string, observer: Connection): Promise<Effects> {
  const before = await readRelations(observer);
  const counted = await readCounts(connection, observer);
  const locks = await watch(connection, sql, observer);
  const counts = countsSince(counted, await readCounts(connection, observer));
  return effectsOf(before, await readRelations(observer), locks, counts);
}

/** What was not there before, or is no more, keeps nobody waiting. */
function effectsOf(
  before: ReadonlyMap<string, Relation>,
  after: ReadonlyMap<string, Relation>,
  locks: readonly LockRow[],
  counts: RowCounts,
): Effects {
  const kept = [...after].filter(([id]) => before.has(id));
  const modes = strongest(locks);
  return {
    locks: kept.flatMap(([id, { name }]) => {
      const lock = modes.get(id);
      return lock === undefined ? [] : [{ table: name, ...lock }];
    }),
    rewrites: kept.flatMap(([id, { name, file, bytes }]) =>
      file === before.get(id)?.file ? [] : [{ table: name, bytes }],
    ),
    scans: kept.flatMap(([id, { name }]) => {
      const rows = counts.get(id) ?? 0;
      return rows === 0 ? [] : [{ table: name, rows }];
    }),
  };
}
