import type { SqlFragment } from '../../sql/sql.ts';
import { rawObject, type RawDefinition } from '../raw-object.ts';
import { doubleQuoted, standardSql } from './sql-text.ts';
import { tableName, type TableLike } from './table-name.ts';

export interface PolicyOptions {
  /** The command it is for; all when left out. */
  readonly command?: 'select' | 'insert' | 'update' | 'delete';
  /** Roles it is for; everybody when left out. */
  readonly roles?: readonly string[];
  /** `true`: it narrows what the others allow. */
  readonly restrictive?: boolean;
  /** Which rows are seen. */
  readonly using?: SqlFragment;
  /** Which rows may be written; as `using` when left out. */
  readonly check?: SqlFragment;
}

/**
 * A row policy of a table, on PostgreSQL. It does something only where the table has the option `rowSecurity`.
 *
 * @example
 * ```ts
 * export const own = policy('own_rows', notes, { using: sql`${notes.ownerId} = current_setting('app.user')::uuid` });
 * ```
 */
export function policy(name: string, table: TableLike, options: PolicyOptions = {}): RawDefinition {
  const on = tableName(table);
  const { command, roles, restrictive, using, check } = options;
  const create = [
    `create policy ${doubleQuoted({ name })} on ${doubleQuoted(on)}`,
    ...(restrictive === true ? ['as restrictive'] : []),
    ...(command === undefined ? [] : [`for ${command}`]),
    ...(roles === undefined ? [] : [`to ${roles.map((role) => doubleQuoted({ name: role })).join(', ')}`]),
    ...(using === undefined ? [] : [`using (${standardSql(using)})`]),
    ...(check === undefined ? [] : [`with check (${standardSql(check)})`]),
  ].join(' ');
  return rawObject({
    type: 'policy',
    name,
    ...(on.namespace === undefined ? {} : { namespace: on.namespace }),
    table: on.name,
    create: { postgresql: create },
    drop: { postgresql: `drop policy ${doubleQuoted({ name })} on ${doubleQuoted(on)}` },
  });
}
