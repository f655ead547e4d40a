import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { mysqlText } from '../text.ts';
import { rowKeys, type ShapeColumn, type ShapeIndex, type TableShape } from './shape.ts';

/** A column of the table, and the one of the copy that takes its values. */
export interface ColumnPair {
  readonly from: ShapeColumn;
  readonly to: ShapeColumn;
}

/** How the rows of a table become those of its copy. */
export interface RowPairs {
  readonly all: readonly ColumnPair[];
  /** By which a row and its copy are found. */
  readonly key: readonly ColumnPair[];
  /** The copy has an index that leads to a row by its key. */
  readonly isIndexed: boolean;
  /** What is unique in the copy is unique in the table already: no write to the copy can meet another row. */
  readonly isAsUnique: boolean;
}

/** Throws `CAPABILITY_MISSING` where a row of the table could not be found again in the copy, or not be carried over. */
export function pairRows(table: string, from: TableShape, to: TableShape, rest: string): RowPairs {
  const renames = columnRenames(rest);
  const all = from.columns.flatMap((column): readonly ColumnPair[] => {
    const target = to.columns.find(({ name }) => name === (renames.get(column.name) ?? column.name));
    return target === undefined || target.generated ? [] : [{ from: column, to: target }];
  });
  const pairOf = (name: string): ColumnPair | undefined => all.find((pair) => pair.from.name === name);
  const key = rowKeys(from)
    .map((names) => names.flatMap((name) => pairOf(name) ?? []))
    .find((pairs, at) => pairs.length === rowKeys(from)[at]?.length);
  if (key === undefined)
    throw missing(table, 'the copy has no column left that tells its rows apart', 'change the key by itself first');
  const shifted = all.find((pair) => isInstant(pair.from) !== isInstant(pair.to));
  if (shifted !== undefined)
    throw missing(
      table,
      `${shifted.from.name} would be carried over in the time zone of whoever writes it`,
      'fill in a column beside it',
    );
  const names = key.map((pair) => pair.to.name);
  return {
    all,
    key,
    isIndexed: to.indexes.some((index) => !index.partial && startsWith(index.columns, names)),
    isAsUnique: to.indexes
      .filter(({ unique }) => unique)
      .every((index) => from.indexes.some((other) => isSameUnique(other, index, all))),
  };
}

/** It is kept as a moment, and read and written in the time zone of the session. */
function isInstant({ type }: ShapeColumn): boolean {
  return type.startsWith('timestamp');
}

/** True of the copy of a row: `to` and `from` stand before the names of their columns. */
export function isCopyOf(key: readonly ColumnPair[], to: string, from: string): string {
  return key.map((pair) => `${to}${mysqlText.name(pair.to.name)} = ${converted(pair, from)}`).join(' and ');
}

/** Two texts under different collations are compared under the one of the copy. */
function converted({ from, to }: ColumnPair, prefix: string): string {
  const value = `${prefix}${mysqlText.name(from.name)}`;
  if (from.collation === to.collation || to.collation === undefined || from.collation === undefined) return value;
  return `convert(${value} using ${to.charset ?? ''}) collate ${to.collation}`;
}

/** Columns that get another name by the statement. */
function columnRenames(rest: string): ReadonlyMap<string, string> {
  const found = rest.matchAll(
    /\b(?:rename column `((?:[^`]|``)+)` to|change(?: column)? `((?:[^`]|``)+)`) `((?:[^`]|``)+)`/gi,
  );
  return new Map([...found].map(([, renamed, changed, to = '']) => [unquoted(renamed ?? changed ?? ''), unquoted(to)]));
}

function isSameUnique(from: ShapeIndex, to: ShapeIndex, all: readonly ColumnPair[]): boolean {
  if (!from.unique || from.partial || to.partial || from.columns.length !== to.columns.length) return false;
  return to.columns.every((name) => {
    const pair = all.find((one) => one.to.name === name);
    if (pair === undefined || !from.columns.includes(pair.from.name)) return false;
    return pair.from.type === pair.to.type && pair.from.collation === pair.to.collation;
  });
}

function startsWith(columns: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((column, place) => columns[place] === column);
}

function unquoted(name: string): string {
  return name.replaceAll('``', '`');
}

function missing(table: string, problem: string, hint: string): RowhouseError {
  return new RowhouseError('CAPABILITY_MISSING', `${table}: ${problem}`, { details: { table }, hint });
}
