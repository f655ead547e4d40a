import type { ErrorContext } from '../../../dialect/error-translator.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { cannotOpen } from './cannot-open.ts';

/** An error of the client library itself, without a result code of SQLite. */
export function driverFailure(cause: unknown, message: string, { during, where }: ErrorContext): RowhouseError {
  if (/not open|is closed/i.test(message))
    return new RowhouseError('CONNECTION_LOST', 'the database connection is closed', { cause });
  if (during === 'connect') {
    const [code, words, hint] = cannotOpen(where);
    return new RowhouseError(code, words, { hint, cause });
  }
  // Node’s message shows the number itself.
  if (cause instanceof RangeError && /too large to be represented/.test(message)) {
    return new RowhouseError('VALUE_INVALID', 'a stored whole number is past 2^53 in a column that is not a bigint', {
      hint: 'define the column as bigint',
      cause,
    });
  }
  return new RowhouseError('STATEMENT_FAILED', 'the driver does not take the statement or its values', {
    hint: 'the cause has the driver’s own words',
    cause,
  });
}
