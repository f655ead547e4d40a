import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { ColumnRole } from '../column/column-builder.ts';
import type { DefinedColumn } from './table.ts';

/** Which column of a table plays which part. */
export interface TableRoles {
  readonly createdAt?: DefinedColumn;
  readonly updatedAt?: DefinedColumn;
  /** Present: deleting stamps this column, and reads leave stamped rows out. */
  readonly deletedAt?: DefinedColumn;
  /** Present: every row belongs to the tenant that this column names. */
  readonly tenant?: DefinedColumn;
  /** Present: counts the changes of a row. */
  readonly version?: DefinedColumn;
}

export function findRoles(table: string, columns: readonly DefinedColumn[]): TableRoles {
  const find = (role: ColumnRole): DefinedColumn | undefined => {
    const [first, second] = columns.filter(({ builder }) => builder.definition.role === role);
    if (second !== undefined) {
      throw new RowhouseError('SCHEMA_INVALID', `table ${table}: ${first?.key} and ${second.key} are both ${role}`);
    }
    return first;
  };
  const [createdAt, updatedAt] = [find('created-at'), find('updated-at')];
  const [deletedAt, tenant, version] = [find('deleted-at'), find('tenant'), find('version')];
  return {
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(version === undefined ? {} : { version }),
  };
}
