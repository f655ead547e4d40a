import type { ColumnDefault } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { LiteralValue } from '../../../catalog/model/expression.ts';
import { dateText } from '../../../dialect/codecs/date-text.ts';
import { decimalText } from '../../../dialect/codecs/decimal-text.ts';
import { intervalText } from '../../../dialect/codecs/interval-text.ts';
import { timeText } from '../../../dialect/codecs/time-text.ts';
import { timestamptzValue } from '../../../dialect/codecs/timestamptz-value.ts';
import { uuidText } from '../../../dialect/codecs/uuid-text.ts';
import { timestampWithBlank } from '../codecs/text-codecs.ts';
import { currentMoment } from '../current-moment.ts';
import { sqliteText } from '../text.ts';
import { isDecimalText } from '../types/declared-type.ts';
import { expressionText } from './expression.ts';

/** The value of a `default` clause; undefined when a column of this type has no such default. */
export function defaultText(value: ColumnDefault, type: ColumnType): string | undefined {
  switch (value.kind) {
    case 'literal':
      return value.value === null ? 'null' : literalText(value.value, type);
    case 'now':
      return bracketed(currentMoment(type));
    case 'expression':
      return `(${expressionText(value.expression)})`;
  }
}

/** SQLite takes a lone keyword as it is; everything else that is no constant needs brackets. */
function bracketed(moment: string | undefined): string | undefined {
  return moment === undefined || moment.startsWith('current_') ? moment : `(${moment})`;
}

const plainNumber = /^-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?$/i;

/** The constant in the spelling in which its column is stored: a default is not looked at when it is written. */
function literalText(value: NonNullable<LiteralValue>, type: ColumnType): string | undefined {
  const text = String(value);
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'double':
      return plainNumber.test(text) ? text : undefined;
    case 'decimal':
      return isDecimalText(type) ? stored(decimalText(type.precision, type.scale).encode(text)) : plainDecimal(text);
    case 'boolean':
      return text === 'true' || text === '1' ? 'true' : text === 'false' || text === '0' ? 'false' : undefined;
    case 'uuid':
      return stored(uuidText.encode(text));
    case 'date':
      return stored(dateText.encode(text));
    case 'time':
      return stored(timeText(type.precision).encode(text));
    case 'timestamp':
      return stored(timestampWithBlank(type.precision).encode(text));
    case 'timestamptz':
      return stored(timestamptzValue(type.precision).encode(type.precision > 3 ? text : new Date(text)));
    case 'interval':
      return stored(intervalText.encode(text));
    case 'text':
    case 'varchar':
    case 'char':
    case 'json':
    case 'enum':
      return stored(text);
    case 'native':
      return sqliteText.literal(value);
    case 'bytes':
    case 'array':
    case 'vector':
      return undefined;
  }
}

function plainDecimal(text: string): string | undefined {
  return plainNumber.test(text) ? text : undefined;
}

function stored(text: unknown): string {
  return sqliteText.literal(text as string);
}
