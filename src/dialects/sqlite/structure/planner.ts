import type { PlanStructureOptions, StructurePlanner } from '../../../dialect/structure-planner.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Structure } from '../../../dialect/structure/fact.ts';
import { planStructure } from '../../../dialect/structure/plan-structure.ts';
import { keepRows } from './keep-rows.ts';
import { readStructure } from './read-structure.ts';
import { restate } from './restate.ts';
import { sqliteRules } from './rules.ts';

/** Compares two SQLite databases. All of a plan is one transaction; there is nothing to do more gently. */
export const sqliteStructures: StructurePlanner = { read: readStructure, plan, restate };

function plan(from: Structure, to: Structure, options: PlanStructureOptions = {}): readonly DefinitionStatement[] {
  const wanted = options.skipDrops === true ? keepRows(from, to) : to;
  const statements = planStructure(from, wanted, sqliteRules, options.safe ?? 'online');
  // What goes out of the way of a rebuild and comes back must not be cut off from it.
  const rebuilds = statements.some((statement) => statement.rebuilds === true);
  return rebuilds ? statements.map((statement) => ({ ...statement, rebuilds })) : statements;
}
