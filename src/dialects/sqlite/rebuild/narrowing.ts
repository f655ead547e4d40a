import type { ColumnType } from '../../../catalog/model/column-type.ts';
import { sqliteText } from '../text.ts';
import { isDecimalText } from '../types/declared-type.ts';

/**
 * A condition that is true of the values of a column that its new type does not hold; undefined where all fit, or where
 * SQL cannot tell. SQLite would keep them as they are, and who reads or writes them by the new type would be refused.
 */
export function unfit(from: ColumnType, to: ColumnType, column: string): string | undefined {
  const value = `t.${sqliteText.name(column)}`;
  if (from.kind === 'bytes' && to.kind !== 'bytes' && to.kind !== 'native') return `${value} is not null`;
  switch (to.kind) {
    case 'varchar':
      return roomOf(from) <= to.length ? undefined : `length(${value}) > ${to.length}`;
    case 'char':
      return roomOf(from) <= to.length ? undefined : `length(rtrim(${value}, ' ')) > ${to.length}`;
    case 'smallint':
      return outside(from, value, 15);
    case 'integer':
      return outside(from, value, 31);
    case 'bigint':
      return outside(from, value, 63);
    case 'boolean':
      return from.kind === 'boolean' ? undefined : `not (${isWhole(value)} and cast(${value} as integer) in (0, 1))`;
    case 'decimal':
      return pastDigits(from, value, to);
    case 'real':
    case 'double':
      return isNumber(from) ? undefined : `not (${value} = cast(${value} as real))`;
    case 'bytes':
      return from.kind === 'bytes' ? undefined : `typeof(${value}) not in ('blob', 'null')`;
    case 'uuid':
      return isText(from) ? `${value} not glob '${uuidPattern}'` : undefined;
    case 'json':
      return isText(from) ? `not json_valid(${value})` : undefined;
    case 'time':
      return from.kind === to.kind ? pastSecond(from.precision, value, to.precision, 10) : undefined;
    case 'timestamp':
      return from.kind === to.kind ? pastSecond(from.precision, value, to.precision, 21) : undefined;
    case 'text':
    case 'date':
    case 'timestamptz':
    case 'interval':
    case 'enum':
    case 'array':
    case 'vector':
    case 'native':
      return undefined;
  }
}

/** How many characters a value of the type has at most. */
function roomOf(type: ColumnType): number {
  if (type.kind === 'varchar' || type.kind === 'char') return type.length;
  return type.kind === 'uuid' ? 36 : Infinity;
}

const bits: Readonly<Record<string, number>> = { boolean: 7, smallint: 15, integer: 31, bigint: 63 };

function outside(from: ColumnType, value: string, room: number): string | undefined {
  if ((bits[from.kind] ?? Infinity) <= room) return undefined;
  const range = `between -${2n ** BigInt(room)} and ${2n ** BigInt(room) - 1n}`;
  return `not (${isWhole(value)} and cast(${value} as integer) ${range})`;
}

/** A text is compared as the number that it would become. */
function isWhole(value: string): string {
  return `${value} = cast(${value} as integer)`;
}

/** A decimal with more digits before or behind the point than there are: SQLite does not round it. */
function pastDigits(from: ColumnType, value: string, to: Extract<ColumnType, { kind: 'decimal' }>): string | undefined {
  const isNoNumber = `not (${value} = cast(${value} as numeric))`;
  const { precision, scale = 0 } = to;
  if (precision === undefined) return isNumber(from) ? undefined : isNoNumber;
  if (from.kind === 'decimal' && holds(to, from)) return undefined;
  const whole = precision - scale;
  if (!isDecimalText(to)) {
    const fits = `cast(${value} as numeric) = round(${value}, ${scale}) and abs(cast(${value} as numeric)) < 1e${whole}`;
    return `${isNoNumber} or not (${fits})`;
  }
  const [text, point] = [`(${value} || '.')`, `instr(${value} || '.', '.')`];
  const before = `length(ltrim(substr(${text}, 1, ${point} - 1), '-0')) > ${whole}`;
  return `${isNoNumber} or ${before} or length(rtrim(substr(${text}, ${point} + 1), '0.')) > ${scale}`;
}

function holds(
  { precision = 0, scale = 0 }: Extract<ColumnType, { kind: 'decimal' }>,
  inner: Extract<ColumnType, { kind: 'decimal' }>,
): boolean {
  const { precision: digits = Infinity, scale: behind = 0 } = inner;
  return behind <= scale && digits - behind <= precision - scale;
}

/** More digits of a second than there are; `at` is the place of the first. */
function pastSecond(from: number, value: string, to: number, at: number): string | undefined {
  return from <= to ? undefined : `length(rtrim(substr(${value}, ${at}), '0')) > ${to}`;
}

const hex = '[0-9a-fA-F]';
const uuidPattern = [8, 4, 4, 4, 12].map((digits) => hex.repeat(digits)).join('-');

function isNumber({ kind }: ColumnType): boolean {
  return ['smallint', 'integer', 'bigint', 'decimal', 'real', 'double'].includes(kind);
}

function isText({ kind }: ColumnType): boolean {
  return kind === 'text' || kind === 'varchar' || kind === 'char';
}
