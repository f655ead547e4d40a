import type { ObjectName } from '../../catalog/model/object-name.ts';
import { definition, isTable, type AnyTable } from '../table/table.ts';

/** A table by its definition, or by its name in the default namespace. */
export type TableLike = AnyTable | string;

/** The name of the table in the database. */
export function tableName(table: TableLike): ObjectName {
  if (!isTable(table)) return { name: table };
  const { namespace, name } = table[definition];
  return namespace === undefined ? { name } : { namespace, name };
}
