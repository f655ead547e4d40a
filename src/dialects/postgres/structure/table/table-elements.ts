import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { quoted } from '../names.ts';
import { placeOf } from '../relation.ts';
import { canStandInTable, isOwnColumn } from './can-stand-in-table.ts';
import { columnText } from './column-text.ts';

/** The columns and constraints that `create table` lists. */
export function tableElements(table: Fact, context: PlanContext): readonly string[] {
  const parts = context.partsOf(table, context.to).filter(({ kind }) => kind === 'constraint');
  const constraints = parts.filter((part) => canStandInTable(part, table, context));
  return [
    ...listedColumns(table, context).map((column) => columnText(column, context)),
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

function constraintText(constraint: Fact): string {
  return `constraint ${quoted(placeOf(constraint).name)} ${factText(constraint.attributes['definition'])}`;
}

function positionOf({ notes }: Fact): number {
  return Number(notes?.['position']);
}
