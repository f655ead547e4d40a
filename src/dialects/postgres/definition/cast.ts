import type { ColumnType } from '../../../catalog/model/column-type.ts';
import { postgresText } from '../text.ts';
import { printType } from '../type-text.ts';

/** How an old value becomes a new one; undefined where the server does it by itself when it assigns one to the other. */
export function castText(from: ColumnType, to: ColumnType, column: string): string | undefined {
  const name = postgresText.name(column);
  if (isAssigned(from, to)) return undefined;
  if (from.kind === 'bigint' && to.kind === 'timestamptz') return `to_timestamp(${name})`;
  if (from.kind === 'bigint' && to.kind === 'timestamp') return `to_timestamp(${name}) at time zone 'UTC'`;
  if (isNumber(from) && to.kind === 'boolean') return `(${name} <> 0)`;
  if (from.kind === 'boolean' && isNumber(to)) return `${name}::integer::${printType(to)}`;
  if (from.kind === 'enum' && to.kind === 'enum') return `${name}::text::${printType(to)}`;
  return `${name}::${printType(to)}`;
}

function isAssigned(from: ColumnType, to: ColumnType): boolean {
  if (from.kind === to.kind && from.kind !== 'enum' && from.kind !== 'native' && from.kind !== 'array') return true;
  if (printType(from) === printType(to)) return true;
  if (isNumber(from) && isNumber(to)) return true;
  if (isText(to)) return from.kind !== 'array' && from.kind !== 'bytes';
  return isMoment(from) && isMoment(to);
}

function isNumber({ kind }: ColumnType): boolean {
  return ['smallint', 'integer', 'bigint', 'decimal', 'real', 'double'].includes(kind);
}

function isText({ kind }: ColumnType): boolean {
  return kind === 'text' || kind === 'varchar' || kind === 'char';
}

function isMoment({ kind }: ColumnType): boolean {
  return kind === 'date' || kind === 'timestamp' || kind === 'timestamptz';
}
