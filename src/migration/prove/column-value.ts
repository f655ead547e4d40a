import type { ColumnType } from '../../catalog/model/column-type.ts';
import { findEnum, type Catalog } from '../../catalog/model/catalog.ts';

/** 2020-01-01, so that values are plain and the same on every run. */
const epochMs = Date.UTC(2020, 0, 1);
const dayMs = 86_400_000;

/**
 * A value of a type for the row of this number: another for each number where the type has that many. Undefined where
 * nothing is known of the type, and for an enum without values.
 */
export function columnValue(type: ColumnType, number: number, catalog: Catalog): unknown {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'real':
    case 'double':
      return number;
    case 'bigint':
      return BigInt(number);
    case 'decimal':
      return decimalText(number, type.precision, type.scale ?? 0);
    case 'boolean':
      return number % 2 === 0;
    case 'text':
      return `text ${number}`;
    case 'varchar':
    case 'char':
      return `t${number.toString(36)}`.slice(-type.length);
    case 'bytes':
      return new Uint8Array([number & 255, number >> 8]);
    case 'uuid':
      return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
    case 'date':
      return isoMoment(number).slice(0, 10);
    case 'time':
      return `${isoMoment(number).slice(11, 19)}${fraction(type.precision)}`;
    case 'timestamp':
      return `${isoMoment(number).slice(0, 19)}${fraction(type.precision)}`;
    case 'timestamptz':
      return type.precision > 3 ? `${isoMoment(number).slice(0, 19)}${fraction(type.precision)}Z` : moment(number);
    case 'interval':
      return `PT${number}S`;
    case 'json':
      return { number };
    case 'enum':
      return enumValue(findEnum(catalog, type)?.values ?? [], number);
    case 'array': {
      const item = columnValue(type.of, number, catalog);
      return item === undefined ? undefined : [item];
    }
    case 'vector':
      return Array.from({ length: type.dimensions }, (_, place) => (place === 0 ? number : 0));
    case 'native':
      return undefined;
  }
}

function decimalText(number: number, precision: number | undefined, scale: number): string {
  const digits = `${number}${'0'.repeat(scale)}`;
  const fitting = precision === undefined || digits.length <= precision ? digits : `${number}`.slice(-precision);
  const padded = fitting.padStart(scale + 1, '0');
  const whole = BigInt(padded.slice(0, padded.length - scale)).toString();
  return scale === 0 ? whole : `${whole}.${padded.slice(-scale)}`;
}

/** A day and a second for each number. */
function moment(number: number): Date {
  return new Date(epochMs + number * dayMs + number * 1000);
}

function isoMoment(number: number): string {
  return moment(number).toISOString();
}

function fraction(precision: number): string {
  return precision === 0 ? '' : `.${'0'.repeat(precision)}`;
}

function enumValue(values: readonly string[], number: number): string | undefined {
  return values[number % Math.max(1, values.length)];
}
