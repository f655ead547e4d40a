import { emptyCatalog } from '../../catalog/model/catalog.ts';
import type { ColumnType } from '../../catalog/model/column-type.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { QueryWriter } from '../query-writer.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import { encodeValue } from '../write/encode-value.ts';

export type MeasureFunction = 'sum' | 'avg' | 'min' | 'max';

/** One result of a group: what is selected for it, how its cell is read, and how it is compared. */
export interface Measure {
  /** As callers name it: `count`, `sum.price`. */
  readonly name: string;
  readonly sql: string;
  /** What it is compared and sorted by. */
  readonly key: string;
  readonly decode: (cell: unknown) => unknown;
  /** A value to compare with, in wire form. */
  encode(value: unknown): unknown;
  parameter(writer: QueryWriter): string;
}

const wholeKinds: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint']);
const floatKinds: ReadonlySet<string> = new Set(['real', 'double']);
const momentKinds: ReadonlySet<string> = new Set(['date', 'time', 'timestamp', 'timestamptz']);
const textKinds: ReadonlySet<string> = new Set(['text', 'varchar', 'char']);
const double: ColumnType = { kind: 'double' };
const bigint: ColumnType = { kind: 'bigint' };

export function countMeasure(): Measure {
  return {
    name: 'count',
    sql: 'count(*)',
    key: 'count(*)',
    decode: Number,
    encode: (value) => number(value, 'count'),
    parameter: (writer) => writer.rules.parameter(writer.placeholder(), bigint),
  };
}

/** The measure of a function on a column; `FILTER_INVALID` where the column's type has none. */
export function measureOf(how: MeasureFunction, field: Field, plan: TablePlan): Measure {
  const { kind } = field.type;
  const isNumber = wholeKinds.has(kind) || floatKinds.has(kind) || kind === 'decimal';
  const isOrdered = isNumber || momentKinds.has(kind) || textKinds.has(kind);
  const name = `${how}.${field.key}`;
  if (how === 'min' || how === 'max') {
    if (!isOrdered) throw misfit(name, field, plan);
    return extreme(how, name, field, plan);
  }
  if (!isNumber) throw misfit(name, field, plan);
  if (how === 'avg') return floating(name, plan.dialect.queries.aggregates.average(field.name));
  return floatKinds.has(kind)
    ? floating(name, plan.dialect.queries.aggregates.floatSum(field.name))
    : exactSum(name, field, plan);
}

function floating(name: string, sql: string): Measure {
  return {
    name,
    sql,
    key: sql,
    decode: Number,
    encode: (value) => number(value, name),
    parameter: (writer) => writer.rules.parameter(writer.placeholder(), double),
  };
}

function exactSum(name: string, field: Field, { dialect }: TablePlan): Measure {
  const { aggregates } = dialect.queries;
  const sql = aggregates.exactSum(field.name, field.type);
  const decimal = dialect.types.codec({ kind: 'decimal' }, emptyCatalog);
  return {
    name,
    sql,
    key: aggregates.exactKey(sql),
    decode: (cell) => sumValue(String(cell), name, field.type),
    encode: (value) => String(decimal.encode(typeof value === 'string' ? value : String(value))),
    parameter: (writer) => aggregates.exactParameter(writer.placeholder()),
  };
}

function extreme(how: 'min' | 'max', name: string, field: Field, plan: TablePlan): Measure {
  const { queries } = plan.dialect;
  const sql = queries.aggregates.extreme(how, field.name, field.type);
  return {
    name,
    sql,
    key: queries.comparable(sql, field.type),
    decode: (cell) => field.codec.decode(cell),
    encode: (value) => encodeValue(field, value, plan),
    parameter: (writer) => writer.rules.parameter(writer.placeholder(), field.type),
  };
}

/** The sum's text as a value of the column's type; one that a number cannot hold exactly is refused, never rounded. */
function sumValue(text: string, name: string, type: ColumnType): unknown {
  if (type.kind === 'bigint') return BigInt(text);
  if (type.kind === 'decimal') return withScale(text, type.scale);
  const sum = Number(text);
  if (Number.isSafeInteger(sum)) return sum;
  throw new RowhouseError('VALUE_INVALID', `${name} is beyond the whole numbers that a number holds exactly`, {
    hint: 'make the column a bigint()',
  });
}

function withScale(text: string, scale: number | undefined): string {
  if (scale === undefined || scale === 0) return text;
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(scale, '0')}`;
}

function number(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RowhouseError('VALUE_INVALID', `${name} is compared with a finite number`);
}

function misfit(name: string, field: Field, plan: TablePlan): RowhouseError {
  return new RowhouseError('FILTER_INVALID', `${plan.label}: there is no ${name}: the column is ${field.type.kind}`, {
    details: { table: plan.label, field: field.key },
  });
}
