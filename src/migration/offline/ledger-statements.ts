import { createCatalog } from '../../catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../catalog/model/catalog.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import { catalogOf } from '../../schema/schema.ts';
import type { LedgerOwner } from '../ledger/ledger.ts';
import { ledgerTable } from '../ledger/ledger-table.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';

/** The ledger that a script writes in: its name, and who runs the script. */
export interface OfflineLedger extends LedgerOwner {
  readonly name: string;
}

/** Makes the ledger's table. */
export function makeLedger({ name }: OfflineLedger, dialect: Dialect): readonly DefinitionStatement[] {
  return createCatalog(catalogOf({ ledger: ledgerTable(name) })).flatMap((change) =>
    dialect.definition.compile(change, emptyCatalog),
  );
}

/** The entry that running the plan leaves in the ledger. It ends when it begins: both are written after the work. */
export function recordPlan(
  { revision, direction, statements }: RevisionPlan,
  ledger: OfflineLedger,
  { text }: Dialect,
): readonly DefinitionStatement[] {
  const values: Readonly<Record<string, string | number>> = {
    project: ledger.project,
    service: ledger.service,
    revision: revision.id,
    direction,
    state: 'done',
    checksum: revision.checksum,
    statements_done: statements.length,
    plan: JSON.stringify(statements.map(({ sql }) => sql)),
    actor: ledger.actor,
    tool_version: ledger.toolVersion,
  };
  const [table, finished] = [text.name(ledger.name), text.name('finished_at')];
  const columns = Object.keys(values).map((column) => text.name(column));
  const constants = Object.values(values).map((value) => text.literal(value));
  return [
    `insert into ${table} (${columns.join(', ')}) values (${constants.join(', ')})`,
    `update ${table} set ${finished} = ${text.name('started_at')} where ${finished} is null and ${text.name('state')} = 'done'`,
  ].map((sql) => ({ sql, transactional: true, class: 'data' }));
}
