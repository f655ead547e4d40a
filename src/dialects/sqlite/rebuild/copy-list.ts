import { tokenize, unquote } from '../inspect/tokens.ts';
import type { ParsedColumn } from '../inspect/parse-table.ts';
import { sqliteText } from '../text.ts';
import { findColumn, type TableShape } from './table-shape.ts';
import { foldName } from './fold-name.ts';

/** SQL over the old row, by lower-case name of the new column. */
export type ValueOverrides = ReadonlyMap<string, string>;

/** A table that takes the rows of another. */
export interface TableCopy {
  readonly from: TableShape;
  readonly to: TableShape;
  /** How old values become new ones, by lower-case column, where the column's own value will not do. */
  readonly values?: ValueOverrides;
  /** True: where a column must have a value from now on, a null becomes its default. Otherwise the copy stops there. */
  readonly fillsNulls?: true;
}

export interface CopyList {
  readonly copies: readonly { readonly column: string; readonly value: string }[];
  /** What would stop the copy or change a value on its way, as parts of a sentence. */
  readonly notes: readonly string[];
}

/** What each column of the new table takes from the old row; a column that is left out takes its default. */
export function copyList(copy: TableCopy): CopyList {
  const { from, to, values } = copy;
  const taken = to.columns.filter(
    ({ name, generated }) =>
      generated === undefined && (values?.has(foldName(name)) === true || findColumn(from, name) !== undefined),
  );
  return {
    copies: taken.map((column) => ({ column: sqliteText.name(column.name), value: valueOf(column, copy) })),
    notes: to.columns.flatMap((column) => notesOn(column, copy)),
  };
}

function valueOf(column: ParsedColumn, { from, values, fillsNulls }: TableCopy): string {
  const old = findColumn(from, column.name);
  const value = values?.get(foldName(column.name)) ?? sqliteText.name(old?.name ?? column.name);
  const fill = fillsNulls === true ? fillOf(column) : undefined;
  return column.notNull && old?.notNull !== true && fill !== undefined ? `ifnull(${value}, ${fill})` : value;
}

function notesOn(column: ParsedColumn, copy: TableCopy): readonly string[] {
  if (stopsAtNull(column, copy)) return [`stops at a row where ${column.name} is null`];
  if (mayFindNull(column, copy)) return [`a null in ${column.name} becomes its default`];
  return hasNoValue(column, copy) ? [`stops at any row: ${column.name} has no value and no default`] : [];
}

/** Must the new column have a value that no old row has, and that no default gives it? */
export function hasNoValue(column: ParsedColumn, { from, to }: TableCopy): boolean {
  const isFilled = !column.notNull || column.generated !== undefined || fillOf(column) !== undefined;
  return !isFilled && column.name !== to.rowNumber && findColumn(from, column.name) === undefined;
}

/** Must the column have a value that an old row may not have, and that nothing gives it? A default is for new rows. */
export function stopsAtNull(column: ParsedColumn, copy: TableCopy): boolean {
  if (!mayFindNull(column, copy)) return false;
  const isReplaced = copy.fillsNulls === true || column.notNullConflict === 'replace';
  return !isReplaced || fillOf(column) === undefined;
}

/** Must the column have a value that an old row may not have? */
function mayFindNull(column: ParsedColumn, { from, to }: TableCopy): boolean {
  const old = findColumn(from, column.name);
  if (old === undefined || old.notNull || old.name === from.rowNumber) return false;
  return column.notNull && column.generated === undefined && column.name !== to.rowNumber;
}

const constants: ReadonlySet<string> = new Set(['true', 'false', 'current_date', 'current_time', 'current_timestamp']);

/** The default as an expression; SQLite reads a lone name there as a string. Undefined where it is missing or null. */
function fillOf({ default: text }: ParsedColumn): string | undefined {
  if (text === undefined) return undefined;
  const [first, ...more] = tokenize(text);
  if (first === undefined || more.length > 0) return text;
  const isName = first.kind === 'name' || (first.kind === 'word' && !constants.has(first.text.toLowerCase()));
  if (first.kind === 'word' && first.text.toLowerCase() === 'null') return undefined;
  return isName ? sqliteText.literal(unquote(first)) : text;
}
