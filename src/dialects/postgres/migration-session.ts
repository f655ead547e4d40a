import type { ObjectReference, StatementClass } from '../../dialect/definition.ts';
import type { Blocker, MigrationSession } from '../../dialect/migration-session.ts';
import type { Connection } from '../../driver/connection.ts';
import { qualified } from './text.ts';

/** Whoever waits for a strong lock keeps everyone behind it waiting too, so it gives up soon. */
export const postgresMigrationSession: MigrationSession = {
  bound(statementClass: StatementClass, lockTimeoutMs: number): readonly string[] {
    return [`set lock_timeout = ${lockLimit(statementClass, lockTimeoutMs)}`, statementLimit(statementClass)];
  },
  unbound: ['set lock_timeout = default', 'set statement_timeout = default'],
  clearRemains,
  blockers,
};

/** A concurrent build waits without keeping others waiting; giving up would leave an invalid index behind. 0: no limit. */
function lockLimit(statementClass: StatementClass, lockTimeoutMs: number): number {
  return statementClass === 'build' ? 0 : Math.max(1, Math.ceil(lockTimeoutMs));
}

/** What reads or writes many rows takes the time it takes, whatever limit the role has for its queries. */
function statementLimit(statementClass: StatementClass): string {
  return `set statement_timeout = ${statementClass === 'catalog' ? 'default' : '0'}`;
}

/** A concurrent build that failed or was killed leaves its index behind, invalid: writers keep it up, and no query uses it. */
function clearRemains(object: ObjectReference): readonly string[] {
  return object.kind === 'index' ? [`drop index concurrently if exists ${qualified(object)}`] : [];
}

async function blockers(connection: Connection, waitingSessionId: string): Promise<readonly Blocker[]> {
  const { rows } = await connection.run({ sql: question }, [waitingSessionId]);
  return rows.map(([sessionId, state, ageMs]) => ({
    sessionId: String(sessionId),
    state: String(state),
    ...(ageMs === null ? {} : { transactionMs: Number(ageMs) }),
  }));
}

/** Number 0 stands for prepared transactions; the state of another role's session may be hidden. */
const question = `select b.pid::text,
    case when b.pid = 0 then 'prepared transaction' else coalesce(a.state, 'unknown') end,
    round(extract(epoch from clock_timestamp() - a.xact_start) * 1000)::text
  from (select distinct unnest(pg_blocking_pids($1::int))) as b (pid)
  left join pg_stat_activity a on a.pid = b.pid
  order by b.pid`;
