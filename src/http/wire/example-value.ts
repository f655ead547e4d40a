import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { WireField } from './wire-field.ts';

/** A value for every field whose type says what one could be. */
export function exampleRow(fields: readonly WireField[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      const value = exampleOf(field.type, field.wire.schema.enum);
      return value !== undefined && fits(value, field) ? [[field.key, value]] : [];
    }),
  );
}

function exampleOf(type: ColumnType, values: readonly (string | null)[] = []): unknown {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
      return 1;
    case 'bigint':
    case 'decimal':
      return '1';
    case 'real':
    case 'double':
      return 1.5;
    case 'boolean':
      return true;
    case 'text':
      return 'text';
    case 'varchar':
    case 'char':
      return 'text'.slice(0, type.length);
    case 'bytes':
      return 'AP8Q';
    case 'uuid':
      return '01939d5c-7a4e-7c1b-8f00-3d2a6e4b9c10';
    case 'date':
      return '2026-11-21';
    case 'time':
      return '13:45:00';
    case 'timestamp':
      return '2026-11-21T13:45:00';
    case 'timestamptz':
      return '2026-11-21T13:45:00Z';
    case 'interval':
      return 'PT1H';
    case 'json':
      return { a: 1 };
    case 'enum':
      return values[0];
    case 'array':
      return [exampleOf(type.of, values)];
    case 'vector':
      return Array.from({ length: type.dimensions }, () => 0.5);
    case 'native':
      return undefined;
  }
}

function fits(value: unknown, { wire }: WireField): boolean {
  try {
    wire.fromWire(value);
    return true;
  } catch (error) {
    if (RowhouseError.has(error, 'VALUE_INVALID')) return false;
    throw error;
  }
}
