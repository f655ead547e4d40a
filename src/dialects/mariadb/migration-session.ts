import type { MigrationSession } from '../../dialect/migration-session.ts';
import type { Connection } from '../../driver/connection.ts';
import { readRows } from '../mysql/inspect/rows.ts';
import { familyMigrationSession, toBlocker } from '../mysql/migration-session.ts';

/**
 * MariaDB tells who holds locks only where its plugin `metadata_lock_info` is installed; elsewhere whoever has a
 * transaction open may be the one.
 */
export const mariadbMigrationSession: MigrationSession = familyMigrationSession(
  async (connection, waitingSessionId) => {
    if (!(await isWaiting(connection, waitingSessionId))) return [];
    const question = (await hasLockInfo(connection)) ? lockHolders : openTransactions;
    return (await readRows(connection, question, [waitingSessionId])).map(toBlocker);
  },
);

async function isWaiting(connection: Connection, sessionId: string): Promise<boolean> {
  const sql = `select 1 from information_schema.processlist where id = ? and state like 'Waiting for%lock%'`;
  return (await readRows(connection, sql, [sessionId])).length > 0;
}

async function hasLockInfo(connection: Connection): Promise<boolean> {
  const sql = `select 1 from information_schema.plugins where plugin_name = 'METADATA_LOCK_INFO' and plugin_status = 'ACTIVE'`;
  return (await readRows(connection, sql, [])).length > 0;
}

const ageMs = 'timestampdiff(microsecond, x.trx_started, now()) div 1000';

const lockHolders = `select distinct p.id, p.command, ${ageMs}
from information_schema.metadata_lock_info l
join information_schema.processlist p on p.id = l.thread_id
left join information_schema.innodb_trx x on x.trx_mysql_thread_id = p.id
where l.table_schema = database() and l.lock_type = 'Table metadata lock' and p.id <> ? and p.id <> connection_id()
order by p.id`;

const openTransactions = `select p.id, p.command, ${ageMs}
from information_schema.innodb_trx x
join information_schema.processlist p on p.id = x.trx_mysql_thread_id
where p.id <> ? and p.id <> connection_id()
order by x.trx_started`;
