import type { ColumnType } from '../../catalog/model/column-type.ts';
import type {
  BulkInsert,
  BulkStatement,
  QueryRules,
  QuickBulk,
  TypedColumn,
  UpsertClause,
} from '../../dialect/query-rules.ts';
import { sqliteAggregates } from './aggregates.ts';
import { sqliteJson } from './json.ts';
import { currentMoment } from './current-moment.ts';
import { sqliteNested } from './nested.ts';
import { jsonList, unboxed } from './json-list.ts';
import { isDecimalText } from './types/declared-type.ts';

/**
 * The rows of a full part of a set. 4: SQLite copies each page that a statement of several rows changes, into a file once
 * there are many. With an index in no order 20 rows took twice as long as 4; without one 4 take 1.3 times as long as 20, and
 * single rows 1.9 times.
 */
const bulkRows = 4;

/**
 * `or fail` leaves the rows before the one that fails, so no page is copied: for a transaction that is rolled back then. It
 * also overrules what a trigger's own statements and the table's constraints say of conflicts, and with a foreign key pages
 * are copied all the same. With both out of the way 1,000 rows take 0.9 times as long as in parts of 4.
 */
const quickBulk: QuickBulk = {
  rows: 20,
  from: 100,
  question: `select 1 where 1 = (
      select count(*) = 1 and total(
        type <> 'table' or sql like 'create virtual%' or sql like '%conflict%' or sql like '%references%') = 0
      from (
        select type, tbl_name, sql from main.sqlite_schema union all select type, tbl_name, sql from temp.sqlite_schema)
      where tbl_name = ? collate nocase and type <> 'index')`,
};

/**
 * Queries of SQLite. The functions `rowhouse_…` come from `src/driver/sqlite-functions.ts`; every driver registers them.
 * A set of values is one JSON parameter: an index on the column is still used, and the text is the same for any number.
 */
export const sqliteQueries: QueryRules = {
  returning: { insert: true, update: true, delete: true },
  emptyInsert: 'default values',
  inList,
  listParameter,
  tupleList(columns, placeholder) {
    const cells = columns.map(({ type }, place) => unboxed(`value ->> ${place}`, type)).join(', ');
    return `(${columns.map(({ name }) => name).join(', ')}) in (select ${cells} from json_each(${placeholder()}))`;
  },
  tupleParameters: (tuples, columns) => [rowsText(tuples, columns)],
  insensitiveLike: (column, placeholder) => `rowhouse_lower(${column}) like rowhouse_lower(${placeholder}) escape '\\'`,
  // LIKE cannot tell A from a; GLOB can. Its pattern is made once a statement, not once a row.
  sensitiveLike: (column, placeholder) => `${column} glob rowhouse_glob(${placeholder})`,
  rowComparisons: true,
  orderTerm,
  comparable: (column, type) => (isDecimalText(type) ? `rowhouse_decimal(${column})` : column),
  parameter: (placeholder, type) => (isDecimalText(type) ? `rowhouse_decimal(${placeholder})` : placeholder),
  // A column of another type has no moment; what it gets is the text a foreign database would keep.
  currentMoment: (type) => currentMoment(type) ?? 'current_timestamp',
  bulkRows,
  quickBulk,
  bulkInsert,
  upsert,
  upsertOutcome: { kind: 'met' },
  aggregates: sqliteAggregates,
  json: sqliteJson,
  nested: sqliteNested,
};

/** A decimal with a scale has one spelling, so its text is compared and an index on it serves; one without has many. */
function inList(column: string, type: ColumnType, placeholder: string): string {
  if (type.kind === 'decimal' && type.precision === undefined) {
    return `rowhouse_decimal(${column}) in (select rowhouse_decimal(value) from json_each(${placeholder}))`;
  }
  return `${column} in (select ${unboxed('value', type)} from json_each(${placeholder}))`;
}

function listParameter(encoded: readonly unknown[], type: ColumnType): string {
  return jsonList(encoded, () => type);
}

/** SQLite alone puts nulls first going up; it still reads an index in order when told otherwise. */
function orderTerm(column: string, direction: 'asc' | 'desc', nullable: boolean): string {
  if (!nullable) return `${column} ${direction}`;
  return direction === 'asc' ? `${column} asc nulls last` : `${column} desc nulls first`;
}

/**
 * One `values` list, with which the rows of a large set cost no more than the library's own loop. A set is cut into full
 * parts and a rest, so there are few texts, and all stay prepared.
 */
function bulkInsert({ table, columns, rows, quick = false }: BulkInsert): BulkStatement {
  return { sql: listText(table, columns, rows.length, quick), values: flat(rows) };
}

/** The parts of one set share their list of columns, and so the text is made once for all of one size. */
function listText(table: string, columns: readonly TypedColumn[], count: number, quick: boolean): string {
  const made = listTexts.get(columns);
  if (made?.table === table && made.count === count && made.quick === quick) return made.sql;
  const row = `(${columns.map(() => '?').join(', ')})`;
  const names = columns.map(({ name }) => name).join(', ');
  const sql = `insert ${quick ? 'or fail ' : ''}into ${table} (${names}) values ${row}${`, ${row}`.repeat(count - 1)}`;
  listTexts.set(columns, { table, count, quick, sql });
  return sql;
}

interface ListText {
  readonly table: string;
  readonly count: number;
  readonly quick: boolean;
  readonly sql: string;
}

const listTexts = new WeakMap<readonly TypedColumn[], ListText>();

function rowsText(rows: readonly (readonly unknown[])[], columns: readonly TypedColumn[]): string {
  const types = columns.map(({ type }) => type);
  const typeOf = (position: number): ColumnType => types[position] ?? { kind: 'text' };
  return `[${rows.map((row) => jsonList(row, typeOf)).join(',')}]`;
}

/** The rows one after the other, in half the time of the method that arrays have. */
function flat(rows: readonly (readonly unknown[])[]): readonly unknown[] {
  const values: unknown[] = [];
  for (const row of rows) for (const value of row) values.push(value);
  return values;
}

function upsert({ key, update, assign, where, same, told }: UpsertClause): string {
  const keys = key.map(({ column, ignoresCase }) => (ignoresCase === true ? `lower(${column})` : column));
  const target = ` on conflict (${keys.join(', ')})${where === undefined ? '' : ` where ${where}`}`;
  const written = [
    ...update.map((column) => `${column} = excluded.${column}`),
    ...assign.map(({ column, sql }) => `${column} = ${sql}`),
  ];
  const conditions = [
    // It is always true: see `src/driver/sqlite-connection.ts`, which every driver's connections are.
    ...(told === true ? ['rowhouse_met()'] : []),
    ...(same === undefined ? [] : [`${same.table}.${same.column} = excluded.${same.column}`]),
  ];
  const kept = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  return written.length === 0 ? `${target} do nothing` : `${target} do update set ${written.join(', ')}${kept}`;
}
