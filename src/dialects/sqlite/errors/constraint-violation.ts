import type { ErrorCode } from '../../../errors/codes.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';

/**
 * A broken constraint. SQLite names a check, the columns of a unique key and the column that must not be null; of a
 * foreign key it says nothing at all. None of its messages holds a value.
 */
export function constraintViolation(cause: unknown, code: number, message: string): RowhouseError {
  const subject = message.slice(message.indexOf(': ') + 2);
  switch (code) {
    case 275:
      return violation('CHECK_VIOLATION', `check ${subject} refused the row`, { constraint: subject }, cause);
    case 787:
      return violation('FOREIGN_KEY_VIOLATION', 'a foreign key refused the change', {}, cause);
    case 1299:
      return notNull(subject, cause);
    case 1555:
    case 2067:
    case 2579:
      return unique(subject, cause);
    case 1811:
      return violation('CHECK_VIOLATION', 'a trigger refused the row', {}, cause);
    case 3091:
      return datatype(message, cause);
  }
  // Statements that check rows that are there, such as adding a check, give the plain code.
  return violation('CHECK_VIOLATION', 'a constraint refused the change', {}, cause);
}

function notNull(subject: string, cause: unknown): RowhouseError {
  const { table, columns } = columnList(subject);
  return violation('NOT_NULL_VIOLATION', `${subject} must have a value`, { table, columns }, cause);
}

/** An index over expressions is named; an ordinary key is given as its columns, `users.email, users.tenant`. */
function unique(subject: string, cause: unknown): RowhouseError {
  const index = /^index '(.*)'$/s.exec(subject)?.[1]?.replaceAll("''", "'");
  if (index !== undefined)
    return violation('UNIQUE_VIOLATION', `${index} allows no second row like this`, { constraint: index }, cause);
  const { table, columns } = columnList(subject);
  const words = `there is already a row of ${table} with this ${columns.join(', ')}`;
  return violation('UNIQUE_VIOLATION', words, { table, columns }, cause);
}

/** STRICT tables: `cannot store TEXT value in INTEGER column users.age`. */
function datatype(message: string, cause: unknown): RowhouseError {
  const { table, columns } = columnList(message.slice(message.lastIndexOf(' column ') + 8));
  const words = `a value does not have the type of ${table}.${columns.join(', ')}`;
  return violation('VALUE_INVALID', words, { table, columns }, cause);
}

function columnList(subject: string): { readonly table: string; readonly columns: readonly string[] } {
  const table = subject.slice(0, Math.max(subject.indexOf('.'), 0));
  return { table, columns: subject.slice(table.length + 1).split(`, ${table}.`) };
}

function violation(
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>>,
  cause: unknown,
): RowhouseError {
  return new RowhouseError(code, message, { details, cause });
}
