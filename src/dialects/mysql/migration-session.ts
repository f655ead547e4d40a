import type { StatementClass } from '../../dialect/definition.ts';
import type { Blocker, MigrationSession } from '../../dialect/migration-session.ts';
import type { Connection } from '../../driver/connection.ts';
import { readRows } from './inspect/rows.ts';

/** How sessions of the family wait, with the server's own way of naming who is in the way. */
export function familyMigrationSession(
  blockers: (connection: Connection, waitingSessionId: string) => Promise<readonly Blocker[]>,
): MigrationSession {
  return {
    bound(statementClass: StatementClass, lockTimeoutMs: number): readonly string[] {
      const seconds = Math.max(1, Math.ceil(lockTimeoutMs / 1000));
      // Every class: the last step of a build takes the strong lock too, and everyone queues behind it.
      return [
        `set session lock_wait_timeout = ${seconds}`,
        `set session innodb_lock_wait_timeout = ${statementClass === 'data' ? 'default' : seconds}`,
      ];
    },
    unbound: ['set session lock_wait_timeout = default', 'set session innodb_lock_wait_timeout = default'],
    blockers,
  };
}

/** MySQL knows, for each lock that is asked for, who holds one on the same object. */
export const mysqlMigrationSession: MigrationSession = familyMigrationSession(async (connection, waitingSessionId) => {
  return (await readRows(connection, question, [waitingSessionId, waitingSessionId])).map(toBlocker);
});

/** A row of number, state and age of the transaction in milliseconds. */
export function toBlocker([sessionId, state, ageMs]: readonly unknown[]): Blocker {
  return {
    sessionId: String(sessionId),
    state: String(state).toLowerCase(),
    ...(ageMs === null || ageMs === undefined ? {} : { transactionMs: Number(ageMs) }),
  };
}

/**
 * The schema of performance alone: the list of processes and that of transactions fail as a whole while anybody runs a
 * statement with bytes that are no text (measured on 9.7).
 */
const question = `select t.processlist_id, t.processlist_command, x.timer_wait div 1000000000
from (
  select held.owner_thread_id as thread_id
  from performance_schema.metadata_locks asked
  join performance_schema.threads waiting on waiting.thread_id = asked.owner_thread_id
  join performance_schema.metadata_locks held
    on held.object_type = asked.object_type and held.object_schema <=> asked.object_schema
    and held.object_name <=> asked.object_name and held.lock_status = 'GRANTED'
    and held.owner_thread_id <> asked.owner_thread_id
  where asked.lock_status = 'PENDING' and waiting.processlist_id = ? and asked.object_type <> 'GLOBAL'
  union
  select w.blocking_thread_id
  from performance_schema.data_lock_waits w
  join performance_schema.threads waiting on waiting.thread_id = w.requesting_thread_id
  where waiting.processlist_id = ?
) b
join performance_schema.threads t on t.thread_id = b.thread_id
left join performance_schema.events_transactions_current x on x.thread_id = t.thread_id and x.state = 'ACTIVE'
order by t.processlist_id`;
