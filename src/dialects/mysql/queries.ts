import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { BulkInsert, BulkStatement, QueryRules, UpsertClause } from '../../dialect/query-rules.ts';
import { RowSet } from '../../driver/row-set.ts';
import { mysqlAggregates } from './aggregates.ts';
import { mysqlFullText } from './full-text.ts';
import { mysqlJson } from './json.ts';
import type { Flavor } from './flavor.ts';
import { mysqlNested } from './nested.ts';
import { comparedCell, jsonCell, needsJsonCell, writtenCell } from './json-column.ts';

const lockTails = { wait: '', skip: ' skip locked', fail: ' nowait' } as const;

/**
 * How queries are spelled here. Lists and row sets travel as one JSON parameter read by `json_table`: the text stays the
 * same for any number of values, and the plan is a lookup on the column's index for each of them.
 */
export function mysqlQueries(flavor: Flavor): QueryRules {
  return {
    returning: flavor.returning,
    onlyWithin: flavor.onlyWithin,
    rowLock: (whenLocked) => ` for update${lockTails[whenLocked]}`,
    latestRead: ` ${flavor.sharedLock}`,
    emptyInsert: '() values ()',
    inList(column: string, type: ColumnType, placeholder: string): string {
      const cell = comparedCell(type, '$', flavor);
      return `${column} in (select ${cell.value('jt.v')} from json_table(${placeholder}, '$[*]' columns (v ${cell.definition})) jt)`;
    },
    listParameter: (encoded, type) => JSON.stringify(encoded.map((value) => jsonCell(value, type))),
    tupleList(columns, placeholder) {
      const cells = columns.map(({ type }, place) => comparedCell(type, `$[${place}]`, flavor));
      const values = cells.map((cell, place) => cell.value(`jt.c${place}`)).join(', ');
      const definitions = cells.map((cell, place) => `c${place} ${cell.definition}`).join(', ');
      return `(${columns.map(({ name }) => name).join(', ')}) in (select ${values} from json_table(${placeholder()}, '$[*]' columns (${definitions})) jt)`;
    },
    tupleParameters: (tuples, columns) => [
      JSON.stringify(tuples.map((tuple) => columns.map(({ type }, place) => jsonCell(tuple[place], type)))),
    ],
    // A column of a collation of its own is compared under ours: exact case stays exact.
    insensitiveLike: (column, placeholder) =>
      `lower(${column}) like lower(${placeholder}) collate ${flavor.collation} escape '\\\\'`,
    sensitiveLike: (column, placeholder) => `${column} like ${placeholder} collate ${flavor.collation} escape '\\\\'`,
    orderTerm,
    // Enums sort by position but compare as text; under one collation both go by the text, and pages fit together.
    comparable: (column, type) =>
      type.kind === 'enum' ? `cast(${column} as char(255) character set utf8mb4) collate ${flavor.collation}` : column,
    parameter: (placeholder) => placeholder,
    currentMoment: (type) => `utc_timestamp(${'precision' in type ? (type.precision ?? 0) : 0})`,
    bulkRows: 1000,
    bulkInsert: (insert) => bulkInsert(insert, flavor),
    upsert: (clause) => upsert(clause, flavor),
    // The count is 1 for an insert, 2 for an update, 0 for a row left alone; beside returned rows there is none.
    upsertOutcome: flavor.returning.insert ? { kind: 'returning', sql: whatBecame } : { kind: 'changes' },
    aggregates: mysqlAggregates,
    json: mysqlJson(flavor),
    fullText: mysqlFullText,
    nested: mysqlNested(flavor),
    plannedRows: flavor.plannedRows,
  };
}

/** The servers sort null before everything, so the null test goes first. */
function orderTerm(column: string, direction: 'asc' | 'desc', nullable: boolean): string {
  return nullable ? `${column} is null ${direction}, ${column} ${direction}` : `${column} ${direction}`;
}

function bulkInsert({ table, columns, rows }: BulkInsert, flavor: Flavor): BulkStatement {
  const cells = columns.map(({ type }, place) => writtenCell(type, `$[${place}]`, flavor));
  const names = columns.map(({ name }) => name).join(', ');
  const values = cells.map((cell, place) => cell.value(`jt.c${place}`)).join(', ');
  const definitions = cells.map((cell, place) => `c${place} ${cell.definition}`).join(', ');
  const print = (): string => {
    // Most rows are cells of JSON already: no copy is made of those.
    const isJson = columns.every(({ type }) => !needsJsonCell(type));
    return JSON.stringify(
      isJson ? rows : rows.map((row) => columns.map(({ type }, place) => jsonCell(row[place], type))),
    );
  };
  const sql = `insert into ${table} (${names}) select ${values} from json_table(?, '$[*]' columns (${definitions})) jt`;
  const insert = `insert into ${table} (${names}) values (${columns.map(() => '?').join(', ')})`;
  return { sql, values: [new RowSet(rows, { sql: insert, insteadOf: sql.length }, print)] };
}

/**
 * Fires on a violation of any unique key of the table: the server has no way to name one. So every assignment asks whether
 * the row it found is the one that `key` means; a row found by another key stays as it is, and `changes` is 0.
 * `values()` and not a row alias: the alias cannot follow a select.
 */
function upsert({ key, update, assign, where, same, told }: UpsertClause, flavor: Flavor): string {
  const isMeant = [
    ...key.map(({ column, ignoresCase }) =>
      ignoresCase === true ? `lower(${column}) = lower(values(${column}))` : `${column} = values(${column})`,
    ),
    ...(where === undefined ? [] : [`(${where})`]),
    ...(same === undefined ? [] : [`${same.column} = values(${same.column})`]),
  ];
  const condition = isMeant.join(' and ');
  const written = [...update.map((column) => ({ column, sql: `values(${column})` })), ...assign].map(
    ({ column, sql }) => `${column} = if(${condition}, ${sql}, ${column})`,
  );
  const kept = key.slice(0, 1).map(({ column }) => `${column} = ${column}`);
  const marked = key
    .slice(0, 1)
    .map(({ column }) => `${column} = if((${mark(condition)}) is null, ${column}, ${column})`);
  const unmarked = written.length === 0 ? kept : written;
  const assigned = told === true && flavor.returning.insert ? [...marked, ...written] : unmarked;
  return ` on duplicate key update ${assigned.join(', ')}`;
}

/** The moment at which the statement began: no other one of the session has the same, also not one that failed. */
const thisStatement = 'unix_timestamp(now(6))';

/** Notes in the session that the statement met a row; less than nothing says that another key found it. */
function mark(isMeant: string): string {
  return `@rowhouse_upsert := if(${isMeant}, ${thisStatement}, -${thisStatement})`;
}

/** What the mark says behind the statement: 1 for an insert, 0 for a row that was met, 2 for another key's. */
const whatBecame = `case @rowhouse_upsert when ${thisStatement} then 0 when -${thisStatement} then 2 else 1 end`;
