import type { ObjectName } from '../catalog/model/object-name.ts';
import type { RawObject } from '../catalog/model/raw-object.ts';
import type { Connection } from '../driver/connection.ts';

/** A table of tenants, as its schema defines it. */
export interface TenantTable extends ObjectName {
  /** Its column that names the tenant. */
  readonly column: string;
  /** What keeps its rows apart in the database itself, in the order in which it is made. */
  readonly fences: readonly RawObject[];
  /** Names of all policies that the schema gives it. */
  readonly policies: readonly string[];
}

/** What a table of tenants lacks in the database. */
export interface TenantGap {
  readonly table: TenantTable;
  /** What is wrong, as a sentence without its full stop: `table invoice has no policy invoice_tenant`. */
  readonly says: string;
  /** The statements that make it good. Empty: no single one does. */
  readonly repairs: readonly string[];
}

/** Finds what tables lack with one question to the engine's catalog. A table that is not there lacks nothing. */
export type FindTenantGaps = (connection: Connection, tables: readonly TenantTable[]) => Promise<readonly TenantGap[]>;

/** The gap of a table whose rows say no longer whose they are. */
export function withoutColumn(table: TenantTable, label: string): TenantGap {
  return { table, says: `table ${label} has no column ${table.column}`, repairs: [] };
}
