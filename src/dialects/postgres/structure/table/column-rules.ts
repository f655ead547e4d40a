import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { KindRules, PlanContext } from '../../../../dialect/structure/rules.ts';
import { quoted } from '../names.ts';
import {
  childrenOf,
  isLinkedThroughout,
  isNew,
  isForeign,
  isOfType,
  isPartitioned,
  linksOf,
  placeOf,
  tableIdOf,
  tableOf,
} from '../relation.ts';
import { step } from '../step.ts';
import { alterColumn } from './alter-column.ts';
import { canStandInColumn, columnText } from './column-text.ts';
import { addToRows } from './add-to-rows.ts';
import { settingChanges, columnSettings } from './column-settings.ts';
import { freeNotNullName } from './free-not-null-name.ts';
import { notNullOf } from './not-null-of.ts';
import { saysNotNull } from './table-elements.ts';

/** How a column is made, changed and removed. */
export const columnRules: KindRules = {
  create,
  drop,
  alter: alterColumn,
  inlines: (part, column, context) => !comesAlong(column, context) && canStandInColumn(part, column, context),
  refuseReplacement: (fact) =>
    fact.attributes['generated'] === null && !isForeign(fact)
      ? 'a column that holds values cannot be made anew'
      : undefined,
  occupies: notNullPlace,
};

function create(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  if (comesAlong(column, context)) return overrides(column, context);
  if (!isNew(tableIdOf(column), context)) return [...freeNotNullName(column, context), ...addToRows(column, context)];
  const add = `alter table ${tableOf(column)} add column ${columnText(column, context)}`;
  return [step(add), ...columnSettings(column, context)];
}

/** A constraint against nulls keeps the name that it was made with, and the next column may want it. */
function notNullPlace(column: Fact): string | undefined {
  const name = notNullOf(column)?.name;
  return name === undefined ? undefined : `constraint of ${tableIdOf(column)}: ${name}`;
}

/** What goes from the table above, or from the type of the table, goes from here too. */
function drop(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  if (isOfType(tableIdOf(column), context)) return [];
  if (column.notes?.['local'] === false && isLinkedThroughout(tableIdOf(column), context)) return [];
  const only = isKeptBelow(column, context) ? 'only ' : '';
  const [table, name] = [tableOf(column), quoted(placeOf(column).name)];
  const holdsValues = column.attributes['generated'] === null && !isForeign(column);
  return [
    step(`alter table ${only}${table} drop column ${name}`, holdsValues ? { loses: [{ table, column: name }] } : {}),
  ];
}

/** True: a table that inherits the column goes on having it as its own. */
function isKeptBelow(column: Fact, context: PlanContext): boolean {
  if (context.to.facts.has(column.id) || isPartitioned(tableIdOf(column), context.from)) return false;
  return childrenOf(tableIdOf(column), context)
    .flatMap((table) => context.partsOf(table, context.to))
    .some(({ id, kind }) => kind === 'column' && context.from.facts.get(id)?.follows?.includes(column.id) === true);
}

/** True: the column is there without being asked for, from the table above or from the type of the table. */
function comesAlong(column: Fact, context: PlanContext): boolean {
  if (typeof context.to.facts.get(tableIdOf(column))?.attributes['ofType'] === 'string') return true;
  if (column.notes?.['local'] === true) return false;
  const { from } = context;
  return isNew(tableIdOf(column), context)
    ? linksOf(tableIdOf(column), context.to, context).some(({ kind }) => kind === 'inheritance')
    : isLinkedThroughout(tableIdOf(column), context) && column.follows?.some((id) => !from.facts.has(id)) === true;
}

/** What is different here from the column that it comes from. */
export function overrides(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const source = column.follows?.map((id) => context.to.facts.get(id)).find((fact) => fact !== undefined);
  const plain = { type: column.attributes['type'] ?? null, options: [], notNull: false };
  const before = source ?? { ...column, attributes: plain };
  const said = saysNotNull(column, context) ? withNotNullOf(column, before) : before;
  return [...settingChanges(said, column, context), ...lostDefault(source, column, context)];
}

function withNotNullOf({ attributes, notes }: Fact, fact: Fact): Fact {
  return {
    ...fact,
    attributes: { ...fact.attributes, notNull: attributes['notNull'] ?? false },
    notes: { ...fact.notes, notNullName: notes?.['notNullName'] ?? null },
  };
}

function lostDefault(
  source: Fact | undefined,
  column: Fact,
  { to, partsOf }: PlanContext,
): readonly DefinitionStatement[] {
  const hasDefault = (fact: Fact): boolean => partsOf(fact, to).some(({ kind }) => kind === 'default');
  if (source === undefined || !hasDefault(source) || hasDefault(column)) return [];
  return [step(`alter table only ${tableOf(column)} alter column ${quoted(placeOf(column).name)} drop default`)];
}
