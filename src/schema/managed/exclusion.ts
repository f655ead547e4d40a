import type { SqlFragment } from '../../sql/sql.ts';
import { rawObject, type RawDefinition } from '../raw-object.ts';
import { doubleQuoted, standardSql } from './sql-text.ts';
import { tableName, type TableLike } from './table-name.ts';

/**
 * No two rows of a table overlap in this, on PostgreSQL.
 *
 * @example
 * ```ts
 * export const once = exclusion('booked_once', bookings, sql`using gist (${bookings.during} with &&)`);
 * ```
 */
export function exclusion(name: string, table: TableLike, rule: SqlFragment): RawDefinition {
  const on = tableName(table);
  const alter = `alter table ${doubleQuoted(on)}`;
  return rawObject({
    type: 'exclusion',
    name,
    ...(on.namespace === undefined ? {} : { namespace: on.namespace }),
    table: on.name,
    create: { postgresql: `${alter} add constraint ${doubleQuoted({ name })} exclude ${standardSql(rule)}` },
    drop: { postgresql: `${alter} drop constraint ${doubleQuoted({ name })}` },
  });
}
