import type { DefinitionStatement, Loss } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { Alteration, KindRules, PlanContext } from '../../../dialect/structure/rules.ts';
import { rebuildTable } from '../rebuild/rebuild-table.ts';
import { findColumn, tableShape, type TableShape } from '../rebuild/table-shape.ts';
import { temporaryName } from '../rebuild/temporary-name.ts';
import { sqliteText } from '../text.ts';
import { changeInPlace } from './change-in-place.ts';
import { mentions } from '../rebuild/mentions.ts';
import { dropRows, nameOf, plain, relationName } from './object-rules.ts';
import { textOf } from './table-fact.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** Tables: columns come and go in place where SQLite can do that, everything else makes the table anew with its rows. */
export const tableRules: KindRules = {
  create: (fact) => [plain(textOf(fact))],
  drop: (fact, { from }) => [dropTable(fact, from.facts)],
  alter: alterTable,
  refuseReplacement: () => 'it holds rows',
  occupies: relationName,
  rank: 10,
};

export function shapeOf(fact: Fact): TableShape | undefined {
  return fact.kind === 'table' && fact.notes?.['unread'] === undefined ? tableShape(textOf(fact)) : undefined;
}

function alterTable(before: Fact, after: Fact, { from, to }: PlanContext): Alteration {
  const [old, fresh] = [shapeOf(before), shapeOf(after)];
  if (old === undefined || fresh === undefined) return { how: 'refuse', reason: 'its definition could not be read' };
  const inPlace = changeInPlace(old, fresh);
  if (inPlace !== undefined) {
    return {
      how: 'in-place',
      steps: inPlace.steps,
      // SQLite reads all views and triggers when a column goes, and fails at one that names it.
      rebuild: (dependent) => inPlace.dropped.some((column) => mentions(textOf(dependent), column)),
    };
  }
  const taken = new Set([...from.facts.values(), ...to.facts.values()].map(relationName));
  const temporary = temporaryName(fresh.name, taken);
  const steps = rebuildTable({ from: old, to: fresh, temporary, fillsNulls: true });
  const loses = lostColumns(old, fresh);
  return {
    how: 'in-place',
    steps: loses.length === 0 ? steps : steps.map((one) => (one.copies === undefined ? one : { ...one, loses })),
    rebuild: () => true,
  };
}

/** The columns that hold values and are left behind by the copy. */
function lostColumns(from: TableShape, to: TableShape): readonly Loss[] {
  return from.columns
    .filter(({ name, generated }) => generated === undefined && findColumn(to, name) === undefined)
    .map(({ name }) => ({ table: sqliteText.name(from.name), column: sqliteText.name(name) }));
}

/** With foreign keys on, the rows would be deleted first, and what refers to them with them. */
function dropTable(fact: Fact, facts: ReadonlyMap<string, Fact>): DefinitionStatement {
  const name = foldName(nameOf(fact));
  const isReferred = [...facts.values()].some((other) =>
    shapeOf(other)?.constraints.some(
      (constraint) => constraint.kind === 'foreign-key' && foldName(constraint.table) === name,
    ),
  );
  return { ...dropRows(fact), ...(isReferred ? { rebuilds: true } : {}) };
}
