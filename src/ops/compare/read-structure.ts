import { companionTables } from '../../catalog/model/companion-tables.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { StructurePlanner } from '../../dialect/structure-planner.ts';
import type { Structure } from '../../dialect/structure/fact.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { defaultLedgerName } from '../../migration/ledger/ledger-table.ts';
import { copyTableName } from '../copy/progress/progress-table.ts';

/** Everything that is true of a database, the tables that Rowhouse keeps for itself aside. Only reads. */
export async function readStructure(
  session: PinnedSession,
  ledger: string = defaultLedgerName,
  namespace?: string,
): Promise<Structure> {
  const { dialect, connection } = session;
  try {
    const planner = await structuresOf(dialect);
    return await planner.read(connection, { exclude: ownTables(ledger), namespace });
  } catch (error) {
    if (error instanceof RowhouseError) throw error;
    throw dialect.errors.translate(error, { during: 'statement' });
  }
}

/** The tables that Rowhouse keeps for itself. */
export function ownTables(ledger: string): readonly string[] {
  return [ledger, ...Object.values(companionTables), copyTableName];
}

/** The engine's own comparison of databases. */
export async function structuresOf({ name, structures }: Dialect): Promise<StructurePlanner> {
  if (structures !== undefined) return await structures();
  throw new RowhouseError('CAPABILITY_MISSING', `two databases of ${name} cannot be compared`, {
    details: { capability: 'structures', engine: name },
  });
}
