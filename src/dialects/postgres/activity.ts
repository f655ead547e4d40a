import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { Activity, TableSession } from '../../dialect/activity.ts';
import type { Connection } from '../../driver/connection.ts';
import { qualified } from './text.ts';

/** Every statement locks what it reads or writes, if weakly: the locks on a table tell who has to do with it. */
export const postgresActivity: Activity = {
  sessionsOn,
  cancel: async (connection, { id }) => await signal(connection, 'pg_cancel_backend', id),
  terminate: async (connection, { id }) => await signal(connection, 'pg_terminate_backend', id),
};

const lockersSql = `select a.pid::text, coalesce(a.usename, ''), coalesce(a.application_name, ''), a.state,
    coalesce(lower(substring(a.query from '[A-Za-z]+')), ''),
    round(extract(epoch from clock_timestamp() - case a.state when 'active' then a.query_start else a.state_change end) * 1000)::text
  from pg_stat_activity a
  where a.pid <> pg_backend_pid() and a.backend_type = 'client backend' and exists (
    select from pg_locks l
    where l.pid = a.pid and l.relation = $1::text::regclass
      and l.database = (select oid from pg_database where datname = current_database()))
  order by a.pid`;

async function sessionsOn(connection: Connection, table: ObjectName): Promise<readonly TableSession[] | undefined> {
  const name = qualified(table);
  const found = await connection.run({ sql: 'select to_regclass($1::text)::text' }, [name]);
  if (found.rows[0]?.[0] === null) return undefined;
  const { rows } = await connection.run({ sql: lockersSql }, [name]);
  return rows.map(([id, user, application, state, word, forMs]) => ({
    id: String(id),
    user: String(user),
    application: String(application),
    ...(state === 'active' ? { running: String(word) } : {}),
    forMs: Number(forMs),
  }));
}

async function signal(connection: Connection, name: string, id: string): Promise<boolean> {
  const { rows } = await connection.run({ sql: `select ${name}($1::int)::text` }, [id]);
  return rows[0]?.[0] === 'true';
}
