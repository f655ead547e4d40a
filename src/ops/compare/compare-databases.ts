import type { Database } from '../../database/database.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { PlanStructureOptions } from '../../dialect/structure-planner.ts';
import type { Structure } from '../../dialect/structure/fact.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { inWordsOf } from './in-words-of.ts';
import { readStructure, structuresOf } from './read-structure.ts';
import { rehearsePlan } from './rehearse-plan.ts';
import type { ScratchPlace } from './scratch-database.ts';

/** How two databases are compared. */
export interface CompareOptions extends PlanStructureOptions {
  /** The ledger's name where the project has chosen one: it is no part of what is compared. */
  readonly ledger?: string | undefined;
  /** True: one of the two was made by Rowhouse from a schema or from revisions, whose words are no difference. */
  readonly isCompiled?: boolean | undefined;
  /**
   * Where an online plan can be tried in a scratch database: only some servers tell how they would carry a statement out,
   * and only by doing it. Absent: the plan goes by what is known of them.
   */
  readonly place?: ScratchPlace | undefined;
}

/**
 * The statements that turn the structure of `from` into that of `to`; none when they are equal. Only reads both. Throws
 * `PLAN_REFUSED` for what cannot be planned.
 *
 * @example
 * ```ts
 * const statements = await compareDatabases(production, staging, { safe: 'online' });
 * ```
 */
export async function compareDatabases(
  from: Database,
  to: Database,
  { ledger, place, isCompiled = false, ...options }: CompareOptions = {},
): Promise<readonly DefinitionStatement[]> {
  const before = await structureOf(from, ledger);
  const wanted = await structureOf(to, ledger);
  refuseDifferentServers(before, wanted);
  const after = isCompiled ? await inWordsOf(from, wanted, before) : wanted;
  const planner = await structuresOf(from.dialect);
  const statements = planner.plan(before, after, options);
  return place === undefined
    ? statements
    : await rehearsePlan(statements, { database: from, structure: before, place });
}

/** Everything that is true of a database now, or of one of its namespaces. */
export async function structureOf(database: Database, ledger?: string, namespace?: string): Promise<Structure> {
  return await database.pinned(async (session) => await readStructure(session, ledger, namespace));
}

/** What a server reports of the same definition changes with its version. */
function refuseDifferentServers(from: Structure, to: Structure): void {
  if (from.server === to.server) return;
  throw new RowhouseError('PLAN_REFUSED', `the first database is on ${from.server}, the second on ${to.server}`, {
    details: { object: 'server', reason: 'both sides must be on the same version', from: from.server, to: to.server },
    hint: 'put both on servers of one version',
  });
}
