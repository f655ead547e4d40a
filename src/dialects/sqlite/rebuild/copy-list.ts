import { tokenize, unquote } from '../inspect/tokens.ts';
import type { ParsedColumn } from '../inspect/parse-table.ts';
import { sqliteText } from '../text.ts';
import { findColumn, type TableShape } from './table-shape.ts';
import { foldName } from './fold-name.ts';

/** SQL over the old row, by lower-case name of the new column. */
export type ValueOverrides = ReadonlyMap<string, string>;

export interface CopyList {
  readonly copies: readonly { readonly column: string; readonly value: string }[];
  /** What would stop the copy, as parts of a sentence. */
  readonly stops: readonly string[];
}

/** What each column of the new table takes from the old row; a column that is left out takes its default. */
export function copyList(from: TableShape, to: TableShape, overrides: ValueOverrides): CopyList {
  const taken = to.columns.filter(
    ({ name, generated }) =>
      generated === undefined && (overrides.has(foldName(name)) || findColumn(from, name) !== undefined),
  );
  return {
    copies: taken.map((column) => ({ column: sqliteText.name(column.name), value: valueOf(column, from, overrides) })),
    stops: to.columns.flatMap((column) => stopOf(column, from, to)),
  };
}

function valueOf(column: ParsedColumn, from: TableShape, overrides: ValueOverrides): string {
  const old = findColumn(from, column.name);
  const value = overrides.get(foldName(column.name)) ?? sqliteText.name(old?.name ?? column.name);
  const fill = fillOf(column);
  return column.notNull && old?.notNull !== true && fill !== undefined ? `ifnull(${value}, ${fill})` : value;
}

function stopOf(column: ParsedColumn, from: TableShape, to: TableShape): readonly string[] {
  if (canBeNull(column, from, to)) return [`stops at a row where ${column.name} is null`];
  return hasNoValue(column, from, to) ? [`stops at any row: ${column.name} has no value and no default`] : [];
}

/** Must the new column have a value that no old row has, and that no default gives it? */
export function hasNoValue(column: ParsedColumn, from: TableShape, to: TableShape): boolean {
  const isFilled = !column.notNull || column.generated !== undefined || fillOf(column) !== undefined;
  return !isFilled && column.name !== to.rowNumber && findColumn(from, column.name) === undefined;
}

/** Must the column have a value that an old row may not have, and that no default gives it? */
export function canBeNull(column: ParsedColumn, from: TableShape, to: TableShape): boolean {
  const old = findColumn(from, column.name);
  if (old === undefined || old.notNull || old.name === from.rowNumber) return false;
  return (
    column.notNull && column.generated === undefined && column.name !== to.rowNumber && fillOf(column) === undefined
  );
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
