import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { Precheck } from '../../../dialect/definition.ts';
import {
  duplicateRows,
  nullRows,
  orphanRows,
  rowsToFill,
  unfitRows,
  violatingRows,
  type CheckedTable,
} from '../../../dialect/prechecks.ts';
import { declaredAs } from '../inspect/column.ts';
import type { ParsedConstraint, ParsedKey } from '../inspect/parse-constraint.ts';
import type { ParsedColumn } from '../inspect/parse-table.ts';
import { canonicalConstraint } from '../structure/canonical-constraint.ts';
import { sqliteText } from '../text.ts';
import { readType } from '../types/read-type.ts';
import { hasNoValue, stopsAtNull, type TableCopy, type ValueOverrides } from './copy-list.ts';
import { foldName } from './fold-name.ts';
import { mentions } from './mentions.ts';
import { unfit } from './narrowing.ts';
import { findColumn, type TableShape } from './table-shape.ts';

/** What to ask about the rows before a new table takes them: what it demands and the old one did not. */
export function rebuildPrechecks(copy: TableCopy): readonly Precheck[] {
  const { from, to, values = new Map<string, string>() } = copy;
  const checked = { table: { name: from.name }, key: keyColumns(from) };
  const demandedBefore = new Set(from.constraints.map(canonicalConstraint));
  return [
    ...to.columns
      .filter((column) => !values.has(foldName(column.name)) && stopsAtNull(column, copy))
      .map(({ name }) => nullRows(sqliteText, checked, findColumn(from, name)?.name ?? name)),
    ...to.columns
      .filter((column) => !values.has(foldName(column.name)) && hasNoValue(column, copy))
      .map(({ name }) => rowsToFill(sqliteText, checked, name)),
    ...to.columns
      .filter(({ name, generated }) => generated === undefined && !values.has(foldName(name)))
      .flatMap((column) => narrowing(findColumn(from, column.name), column, checked)),
    ...to.constraints
      .filter((constraint) => !demandedBefore.has(canonicalConstraint(constraint)))
      .filter((constraint) => isAboutOldColumns(constraint, from, to, values))
      .flatMap((constraint) => constraintPrecheck(constraint, checked)),
  ];
}

function narrowing(old: ParsedColumn | undefined, column: ParsedColumn, checked: CheckedTable): readonly Precheck[] {
  if (old === undefined) return [];
  const condition = unfit(meantType(old), meantType(column), old.name);
  return condition === undefined ? [] : [unfitRows(sqliteText, checked, condition, column.name)];
}

function meantType(column: ParsedColumn): ColumnType {
  return readType(declaredAs(column, column));
}

function constraintPrecheck(constraint: ParsedConstraint, checked: CheckedTable): readonly Precheck[] {
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
      // A conflict clause says what becomes of a row that is not alone.
      return constraint.conflict === undefined ? [duplicateRows(sqliteText, checked, columnsOf(constraint))] : [];
    case 'check':
      return [violatingRows(sqliteText, checked, constraint.expression, constraint.name ?? 'a check')];
    case 'foreign-key': {
      const { columns, table, references } = constraint;
      // Without columns it refers to the primary key of a table that is not looked at here; the check at the end does.
      if (references.length === 0) return [];
      return [orphanRows(sqliteText, checked, { columns, references: { name: table, columns: references } })];
    }
  }
}

/** Can the question be put to the old table: are its columns there, with the values that they will have? */
function isAboutOldColumns(
  constraint: ParsedConstraint,
  from: TableShape,
  to: TableShape,
  values: ValueOverrides,
): boolean {
  const isKept = (name: string): boolean => findColumn(from, name) !== undefined && !values.has(foldName(name));
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
      return columnsOf(constraint).every(isKept);
    case 'foreign-key':
      return constraint.columns.every(isKept);
    case 'check':
      return (
        !mentions(constraint.expression, to.name) &&
        to.columns.every(({ name }) => isKept(name) || !mentions(constraint.expression, name))
      );
  }
}

function keyColumns({ constraints }: TableShape): readonly string[] {
  const key = constraints.find(({ kind }) => kind === 'primary-key');
  return key?.kind === 'primary-key' ? columnsOf(key) : [];
}

function columnsOf({ terms }: ParsedKey): readonly string[] {
  return terms.map(({ name, text }) => name ?? text);
}
