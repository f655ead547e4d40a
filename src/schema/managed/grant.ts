import { rawObject, type RawDefinition } from '../raw-object.ts';
import { doubleQuoted } from './sql-text.ts';
import { tableName, type TableLike } from './table-name.ts';

/** What a role may do with a table. */
export type TablePrivilege =
  | 'select'
  | 'insert'
  | 'update'
  | 'delete'
  | 'truncate'
  | 'references'
  | 'trigger'
  | 'all privileges';

/**
 * What a role may do with a table or view, on PostgreSQL. The role must be there.
 *
 * @example
 * ```ts
 * export const reports = grant(['select'], orders, 'reporting');
 * ```
 */
export function grant(privileges: readonly TablePrivilege[], table: TableLike, role: string): RawDefinition {
  const on = tableName(table);
  const what = `${privileges.join(', ')} on ${doubleQuoted(on)}`;
  return rawObject({
    type: 'grant',
    name: `${role} on ${on.name}`,
    ...(on.namespace === undefined ? {} : { namespace: on.namespace }),
    table: on.name,
    create: { postgresql: `grant ${what} to ${doubleQuoted({ name: role })}` },
    drop: { postgresql: `revoke ${what} from ${doubleQuoted({ name: role })}` },
  });
}
