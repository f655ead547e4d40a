import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { quoted } from '../names.ts';
import { isNew, placeOf, tableIdOf } from '../relation.ts';
import { canStandInTable, isOwnColumn } from './can-stand-in-table.ts';
import { columnText } from './column-text.ts';
import { constraintText } from './constraint-text.ts';
import { notNullOf } from './not-null-of.ts';

/** The columns and constraints that `create table` lists. */
export function tableElements(table: Fact, context: PlanContext): readonly string[] {
  const parts = context.partsOf(table, context.to).filter(({ kind }) => kind === 'constraint');
  const constraints = parts.filter((part) => canStandInTable(part, table, context));
  return [
    ...listedColumns(table, context).map((column) => columnText(column, context)),
    ...unlistedColumns(table, context)
      .filter((column) => saysNotNull(column, context))
      .map(notNullText),
    ...constraints.map(constraintText),
  ];
}

/** The columns that `create table` lists, in their order. */
export function listedColumns(table: Fact, context: PlanContext): readonly Fact[] {
  const columns = columnsOf(table, context).filter((column) => isOwnColumn(column, table, context));
  return columns.toSorted((a, b) => positionOf(a) - positionOf(b));
}

/** The columns that are there without being listed, from the tables above or the type of the table. */
export function unlistedColumns(table: Fact, context: PlanContext): readonly Fact[] {
  return columnsOf(table, context).filter((column) => !isOwnColumn(column, table, context));
}

function columnsOf(table: Fact, context: PlanContext): readonly Fact[] {
  return context.partsOf(table, context.to).filter(({ kind }) => kind === 'column');
}

/**
 * True: `create table` says that a column which it does not list holds no nulls. It does so, from PostgreSQL 18 on, where the
 * constraint is not simply that of the column above: a key would else make one with a name of its own.
 */
export function saysNotNull(column: Fact, context: PlanContext): boolean {
  const own = notNullOf(column);
  if (own?.name === undefined || !own.validated || !isNew(tableIdOf(column), context)) return false;
  const above = column.follows?.map((id) => context.to.facts.get(id)).find((fact) => fact !== undefined);
  return (above && notNullOf(above)?.name) !== own.name || isInPrimaryKey(column, context);
}

function isInPrimaryKey(column: Fact, context: PlanContext): boolean {
  const table = context.to.facts.get(tableIdOf(column));
  return (
    table !== undefined &&
    context
      .partsOf(table, context.to)
      .some(
        ({ kind, attributes, requires }) =>
          kind === 'constraint' && attributes['type'] === 'p' && requires.includes(column.id),
      )
  );
}

function notNullText(column: Fact): string {
  const { name = '', noInherit = false } = notNullOf(column) ?? {};
  return `constraint ${quoted(name)} not null ${quoted(placeOf(column).name)}${noInherit ? ' no inherit' : ''}`;
}

function positionOf({ notes }: Fact): number {
  return Number(notes?.['position']);
}
