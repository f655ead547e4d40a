import type { Column } from './column.ts';
import type { Check, ForeignKey, PrimaryKey, Unique } from './constraint.ts';
import type { IndexDefinition } from './index-definition.ts';
import type { ObjectName } from './object-name.ts';

/** A table, complete: everything that `create table` and its indexes say. */
export interface Table extends ObjectName {
  readonly columns: readonly Column[];
  readonly primaryKey?: PrimaryKey;
  readonly uniques: readonly Unique[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly indexes: readonly IndexDefinition[];
  readonly comment?: string;
  /** Engine-specific options by name, e.g. `{ strict: true, withoutRowid: true }` or `{ engine: 'InnoDB' }`. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}
