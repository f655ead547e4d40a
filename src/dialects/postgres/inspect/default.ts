import type { ColumnDefault } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import { textExpression, type LiteralValue } from '../../../catalog/model/expression.ts';
import { dateText } from '../../../dialect/codecs/date-text.ts';
import { timestampText } from '../../../dialect/codecs/timestamp-text.ts';
import { timestamptzValue } from '../../../dialect/codecs/timestamptz-value.ts';
import { timeText } from '../../../dialect/codecs/time-text.ts';
import { intervalText } from '../../../dialect/codecs/interval-text.ts';
import type { Codec } from '../../../dialect/codec.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { parseType } from '../type-text.ts';

/** A default as the server prints it: a constant, the current moment, or an expression. */
export function readDefault(text: string, type: ColumnType): ColumnDefault {
  if (isNow(text, type)) return { kind: 'now' };
  const value = readLiteral(text, type);
  return value === undefined ? { kind: 'expression', expression: textExpression(text) } : { kind: 'literal', value };
}

const moments: ReadonlySet<string> = new Set(['now()', 'CURRENT_TIMESTAMP', "(now() AT TIME ZONE 'UTC'::text)"]);

function isNow(text: string, type: ColumnType): boolean {
  switch (type.kind) {
    case 'timestamp':
      return moments.has(text) || text === 'LOCALTIMESTAMP';
    case 'timestamptz':
      return text === 'now()' || text === 'CURRENT_TIMESTAMP';
    case 'date':
      return text === "((now() AT TIME ZONE 'UTC'::text))::date";
    case 'time':
      return text === "((now() AT TIME ZONE 'UTC'::text))::time without time zone";
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'varchar':
    case 'char':
    case 'bytes':
    case 'uuid':
    case 'interval':
    case 'json':
    case 'enum':
    case 'array':
    case 'vector':
    case 'native':
      return false;
  }
}

const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const quoted = /^(E?)'((?:[^']|'')*)'::([^:']+)$/s;

function readLiteral(text: string, type: ColumnType): LiteralValue | undefined {
  if (number.test(text)) return numberValue(text, type);
  if (text === 'true' || text === 'false') return type.kind === 'boolean' ? text === 'true' : undefined;
  const match = quoted.exec(text);
  if (match === null) return undefined;
  const [, escaped, body = '', cast = ''] = match;
  if (!isCastTo(cast, type)) return undefined;
  const plain = body.replaceAll("''", "'");
  return textValue(escaped === 'E' ? plain.replaceAll('\\\\', '\\') : plain, type);
}

/** A constant is one of the column's type only where the server casts it to that type and to no other. */
function isCastTo(cast: string, type: ColumnType): boolean {
  if (type.kind === 'enum') return true; // the server takes no other type's constant for an enum
  if (type.kind === 'native') return !cast.includes('(') && type.type.startsWith(cast);
  if (cast === 'bpchar') return type.kind === 'char';
  if (cast === 'character varying') return type.kind === 'varchar';
  if (type.kind === 'array' && type.of.kind === 'enum') return cast.endsWith('[]');
  // a negative number is printed as text with the type it was written in
  if (cast === 'integer' || cast === 'bigint' || cast === 'numeric') return isNumber(type);
  return withoutSize(parseType(cast)) === withoutSize(type);
}

function withoutSize(type: ColumnType): string {
  return type.kind === 'array' ? `${withoutSize(type.of)}[]` : type.kind;
}

function isNumber({ kind }: ColumnType): boolean {
  return (
    kind === 'smallint' ||
    kind === 'integer' ||
    kind === 'bigint' ||
    kind === 'decimal' ||
    kind === 'real' ||
    kind === 'double'
  );
}

function numberValue(text: string, type: ColumnType): LiteralValue | undefined {
  if (!isNumber(type)) return undefined;
  return type.kind === 'decimal' || type.kind === 'bigint' ? text : Number(text);
}

function textValue(text: string, type: ColumnType): LiteralValue | undefined {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'real':
    case 'double':
      return number.test(text) ? numberValue(text, type) : undefined;
    case 'date':
      return canonical(dateText, text);
    case 'time':
      return canonical(timeText(type.precision), text);
    case 'timestamp':
      return canonical(timestampText(type.precision), text);
    case 'timestamptz':
      return canonical(timestamptzValue(type.precision), text);
    case 'interval':
      return canonical(intervalText, text);
    case 'char':
      return text.replace(/ +$/, '');
    case 'boolean':
      return undefined;
    case 'text':
    case 'varchar':
    case 'bytes':
    case 'uuid':
    case 'json':
    case 'enum':
    case 'array':
    case 'vector':
    case 'native':
      return text;
  }
}

/** A constant in the value's one spelling; one without (`infinity`) stays an expression. */
function canonical(codec: Codec, text: string): string | undefined {
  try {
    return codec.encode(codec.decode(text)) as string;
  } catch (error) {
    if (RowhouseError.has(error, 'VALUE_INVALID')) return undefined;
    throw error;
  }
}
