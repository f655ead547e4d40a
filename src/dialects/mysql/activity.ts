import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { Activity, TableSession } from '../../dialect/activity.ts';
import type { Connection } from '../../driver/connection.ts';

/** Asks who holds or awaits a lock on the definition of a table: every statement and every open transaction does. */
const lockersSql = `select cast(t.processlist_id as char), coalesce(t.processlist_user, ''), '',
    case t.processlist_command when 'Sleep' then '' else coalesce(t.processlist_info, '') end,
    cast(coalesce(t.processlist_time, 0) as char)
  from performance_schema.threads t
  where t.processlist_id is not null and t.processlist_id <> connection_id() and exists (
    select 1 from performance_schema.metadata_locks l
    where l.owner_thread_id = t.thread_id and l.object_type = 'TABLE'
      and l.object_schema = coalesce(?, database()) and l.object_name = ?)
  order by t.processlist_id`;

/** Who works with a table, as MySQL keeps account of it. */
export const mysqlActivity: Activity = familyActivity(async (connection, { namespace, name }) => {
  return (await connection.run({ sql: lockersSql }, [namespace ?? null, name])).rows;
});

/** Cells of a session: its number, user, application, statement (empty: none is running) and seconds. */
type SessionCells = readonly unknown[];

/** The activity of a server of the family, from the question who works with a table. */
export function familyActivity(
  ask: (connection: Connection, table: ObjectName) => Promise<readonly SessionCells[]>,
): Activity {
  return {
    async sessionsOn(connection, table) {
      if (!(await isThere(connection, table))) return undefined;
      return (await ask(connection, table)).map(toSession);
    },
    cancel: async (connection, { id }) => await kill(connection, 'kill query', id),
    terminate: async (connection, { id }) => await kill(connection, 'kill', id),
  };
}

async function isThere(connection: Connection, { namespace, name }: ObjectName): Promise<boolean> {
  const sql = `select 1 from information_schema.tables where table_schema = coalesce(?, database()) and table_name = ?`;
  return (await connection.run({ sql }, [namespace ?? null, name])).rows.length > 0;
}

function toSession([id, user, application, statement, seconds]: SessionCells): TableSession {
  const [word] = /[a-z]+/i.exec(String(statement)) ?? [];
  return {
    id: String(id),
    user: String(user),
    application: String(application),
    ...(word === undefined ? {} : { running: word.toLowerCase() }),
    forMs: Number(seconds) * 1000,
  };
}

const noSuchThread = 1094;

async function kill(connection: Connection, verb: 'kill' | 'kill query', id: string): Promise<boolean> {
  try {
    await connection.run({ sql: `${verb} ${BigInt(id)}` }, []);
    return true;
  } catch (error) {
    if (error instanceof Error && 'errno' in error && error.errno === noSuchThread) return false;
    throw error;
  }
}
