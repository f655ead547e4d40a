import type { LiteralValue } from '../../catalog/model/expression.ts';
import type { SqlText } from '../../dialect/sql-text.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { sqliteScript } from './script-syntax.ts';

/** How SQLite spells names and constants. Placeholders carry no number: not every driver binds `?1` by position. */
export const sqliteText: SqlText = { name, placeholder, literal, script: sqliteScript };

function name(text: string): string {
  return `"${withoutNul(text).replaceAll('"', '""')}"`;
}

function placeholder(): string {
  return '?';
}

function literal(value: LiteralValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `'${withoutNul(value).replaceAll("'", "''")}'`;
  if (typeof value === 'number' && !Number.isFinite(value)) throw unwritable('a number that is not finite');
  return String(value);
}

/** SQLite reads SQL up to the first NUL: what follows would be lost without a word. */
function withoutNul(text: string): string {
  if (text.includes('\0')) throw unwritable('text with a NUL character');
  return text;
}

function unwritable(what: string): RowhouseError {
  return new RowhouseError('SCHEMA_INVALID', `${what} cannot be written in SQL text`);
}
