import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { PlanStructureOptions, StructurePlanner } from '../../../dialect/structure-planner.ts';
import { refused } from '../../../dialect/structure/compare.ts';
import type { Structure } from '../../../dialect/structure/fact.ts';
import { planStructure } from '../../../dialect/structure/plan-structure.ts';
import type { RuleTable } from '../../../dialect/structure/rules.ts';
import type { Flavor } from '../flavor.ts';
import { foldTables } from './fold-tables.ts';
import { foreignKeyRules } from './foreign-key-rules.ts';
import { keepDropped } from './keep-dropped.ts';
import { opaqueRules } from './opaque-rules.ts';
import { programRules, triggerRules } from './program-rules.ts';
import { rehearseAlters } from './rehearse-alters.ts';
import { readStructure } from './read-structure.ts';
import { sequenceRules } from './sequence-rules.ts';
import { mergeModes } from './session-modes.ts';
import { tablesOf } from './table-facts.ts';
import { tableRules } from './table-rules.ts';
import { viewRules } from './view-rules.ts';
import { textOf } from './text-of.ts';

/** Compares two databases of the family by what `show create` says of them. */
export function mysqlStructures(flavor: Flavor): StructurePlanner {
  return {
    read: readStructure,
    plan: (from, to, options = {}) =>
      plan(from, options.skipDrops === true ? keepDropped(from, to) : to, options, flavor),
    rehearse: async (statements, rehearsal) => await rehearseAlters(statements, rehearsal, flavor),
  };
}

function plan(
  from: Structure,
  to: Structure,
  { safe = 'online' }: PlanStructureOptions,
  flavor: Flavor,
): readonly DefinitionStatement[] {
  refuseUnknown(from, to);
  const rules: RuleTable = {
    table: tableRules({ from: tablesOf(from), to: tablesOf(to) }, flavor),
    'foreign-key': foreignKeyRules,
    view: viewRules,
    procedure: programRules(flavor),
    function: programRules(flavor),
    event: programRules(flavor),
    trigger: triggerRules(flavor),
    sequence: sequenceRules,
    opaque: opaqueRules,
  };
  return mergeModes(planStructure(freeViews(foldTables(from), to), foldTables(to), rules, safe));
}

/** What is known in one of the two only cannot be compared. */
function refuseUnknown(from: Structure, to: Structure): void {
  for (const [id, after] of to.facts) {
    const before = from.facts.get(id);
    if (before === undefined || before.kind === after.kind) continue;
    throw refused(id, textOf(before.kind === 'opaque' ? before : after, 'reason'));
  }
}

/** A view that stays may wait for what it will read; that what it read goes first holds nothing up. */
function freeViews(from: Structure, to: Structure): Structure {
  const facts = [...from.facts.values()].map((fact) =>
    fact.kind === 'view' && to.facts.has(fact.id) ? { ...fact, requires: [] } : fact,
  );
  return { ...from, facts: new Map(facts.map((fact) => [fact.id, fact])) };
}
