import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { BulkInsert, BulkStatement, QueryRules, TypedColumn, UpsertClause } from '../../dialect/query-rules.ts';
import { postgresAggregates } from './aggregates.ts';
import { postgresFullText } from './full-text.ts';
import { postgresJson } from './json.ts';
import { arrayText } from './array-text.ts';
import { postgresNested } from './nested.ts';
import { postgresPlannedRows } from './planned-rows.ts';
import { printType } from './type-text.ts';

const lockTails = { wait: '', skip: ' skip locked', fail: ' nowait' } as const;

/** The parts of queries that PostgreSQL spells in its own way. */
export const postgresQueries: QueryRules = {
  returning: { insert: true, update: true, delete: true },
  rowLock: (whenLocked) => ` for update${lockTails[whenLocked]}`,
  emptyInsert: 'default values',
  bulkRows: 1000,
  inList(column: string, type: ColumnType, placeholder: string): string {
    return `${column} = any(${placeholder}::${printType(withoutLength(type))}[])`;
  },
  listParameter(encoded: readonly unknown[]): string {
    return arrayText(encoded);
  },
  tupleList(columns: readonly TypedColumn[], placeholder: () => string): string {
    const arrays = columns.map(({ type }) => `${placeholder()}::${castType(type)}[]`);
    return `(${columns.map(({ name }) => name).join(', ')}) in (select * from unnest(${arrays.join(', ')}))`;
  },
  tupleParameters(tuples: readonly (readonly unknown[])[], columns: readonly TypedColumn[]): readonly unknown[] {
    return columns.map((_, at) => arrayText(tuples.map((tuple) => tuple[at] ?? null)));
  },
  insensitiveLike(column: string, placeholder: string): string {
    return `${column} ilike ${placeholder}::text`;
  },
  sensitiveLike(column: string, placeholder: string): string {
    return `${column} like ${placeholder}::text`;
  },
  // Going up the server puts nulls last and going down first: what we promise is what it does.
  rowComparisons: true,
  orderTerm(column: string, direction: 'asc' | 'desc'): string {
    return direction === 'asc' ? column : `${column} desc`;
  },
  comparable(column: string): string {
    return column;
  },
  parameter(placeholder: string, type: ColumnType): string {
    return `${placeholder}::${castType(type)}`;
  },
  bulkInsert(insert: BulkInsert): BulkStatement {
    return insertUnnested(insert);
  },
  currentMoment(type: ColumnType): string {
    return type.kind === 'timestamp' ? `(now() at time zone 'UTC')` : 'now()';
  },
  upsert({ key, update, assign, where, same }: UpsertClause): string {
    const keys = key.map(({ column, ignoresCase }) => (ignoresCase === true ? `lower(${column})` : column));
    const target = ` on conflict (${keys.join(', ')})${where === undefined ? '' : ` where ${where}`}`;
    const written = [
      ...update.map((column) => `${column} = excluded.${column}`),
      ...assign.map(({ column, sql }) => `${column} = ${sql}`),
    ];
    const kept = same === undefined ? '' : ` where ${same.table}.${same.column} = excluded.${same.column}`;
    return written.length === 0 ? `${target} do nothing` : `${target} do update set ${written.join(', ')}${kept}`;
  },
  // a row version that no transaction has locked or replaced was inserted by this statement
  upsertOutcome: { kind: 'returning', sql: 'case when xmax = 0 then 1 else 0 end' },
  aggregates: postgresAggregates,
  json: postgresJson,
  fullText: postgresFullText,
  arrayHas: (column, type, placeholder) => `${column} @> ${placeholder}::${castType(type)}`,
  nested: postgresNested,
  plannedRows: postgresPlannedRows,
};

/** A cast to `char(3)` cuts silently and one to `numeric(5,2)` rounds: compare and insert with the type's full range. */
function withoutLength(type: ColumnType): ColumnType {
  switch (type.kind) {
    case 'varchar':
      return { kind: 'text' };
    case 'char':
      return { kind: 'native', type: 'bpchar' };
    case 'decimal':
      return { kind: 'decimal' };
    case 'array':
      return { kind: 'array', of: withoutLength(type.of) };
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return { kind: type.kind, precision: 6 };
    case 'vector':
      return { kind: 'native', type: 'vector' };
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'interval':
    case 'json':
    case 'enum':
    case 'native':
      return type;
  }
}

/**
 * One array parameter a column: the text is the same for any number of rows, so it stays prepared. An array of arrays
 * would flatten under `unnest`: values that are arrays travel as text and are cast row by row.
 */
function insertUnnested({ table, columns, rows, withNumbers }: BulkInsert): BulkStatement {
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(({ type }, at) => (type.kind === 'array' ? `v${at}::${castType(type)}` : `v${at}`));
  const arrays = columns.map(({ type }, at) => `$${at + 1}::${type.kind === 'array' ? 'text' : castType(type)}[]`);
  const aliases = columns.map((_, at) => `v${at}`).join(', ');
  return {
    sql: `insert into ${table} (${names}) ${withNumbers === true ? 'overriding system value ' : ''}select ${values.join(', ')} from unnest(${arrays.join(', ')}) as row_values (${aliases})`,
    values: columns.map((_, at) => arrayText(rows.map((row) => row[at] ?? null))),
  };
}

function castType(type: ColumnType): string {
  return printType(withoutLength(type));
}
