import type { Column } from './column.ts';
import type { Check, ForeignKey, PrimaryKey, Unique } from './constraint.ts';
import type { EngineOptions } from './engine-options.ts';
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
  /**
   * PostgreSQL: `unlogged`, `rowSecurity`, `forceRowSecurity`, `partitionBy`, `inherits`, `replicaIdentity`,
   * `tablespace` and storage parameters; MySQL and MariaDB: `engine`, `charset`, `collation`, `rowFormat`,
   * `systemVersioning`; SQLite: `strict`, `withoutRowid`.
   */
  readonly options?: EngineOptions;
}

export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}
