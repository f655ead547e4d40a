import type { Activity } from '../../dialect/activity.ts';
import { familyActivity } from '../mysql/activity.ts';

/**
 * MariaDB keeps no account of locks on definitions unless a plugin is there. A session that runs a statement tells its
 * text; one that holds row locks is known by those that wait for them.
 */
const workersSql = `select cast(p.id as char), p.user, '',
    case p.command when 'Sleep' then '' else coalesce(p.info, '') end, cast(coalesce(p.time, 0) as char)
  from information_schema.processlist p
  where p.id <> connection_id() and (
    (p.db = coalesce(?, database()) and p.command <> 'Sleep'
      and p.info regexp concat('(^|[^[:alnum:]_$])', ?, '([^[:alnum:]_$]|$)'))
    or p.id in (
      select t.trx_mysql_thread_id from information_schema.innodb_trx t
      join information_schema.innodb_locks l on l.lock_trx_id = t.trx_id
      where l.lock_table = concat('\`', coalesce(?, database()), '\`.\`', ?, '\`')))
  order by p.id`;

/** Who works with a table, as far as MariaDB tells. */
export const mariadbActivity: Activity = familyActivity(async (connection, { namespace, name }) => {
  const database = namespace ?? null;
  const literal = name.replaceAll(/[^\w]/gu, String.raw`\$&`);
  return (await connection.run({ sql: workersSql }, [database, literal, database, name])).rows;
});
