import type { Database } from '../database/database.ts';
import type { Session } from '../database/session.ts';
import { definition, type AnyTable } from '../schema/table/table.ts';

/** A session that reaches every row of these tables: those of all tenants where one of the tables has tenants. */
export function sessionFor(database: Database, tables: readonly AnyTable[], reason: string): Session {
  const hasTenants = tables.some((table) => table[definition].roles.tenant !== undefined);
  return hasTenants ? database.unscoped(reason) : database;
}
