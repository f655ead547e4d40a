import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** The error of a value that its column cannot hold, or a stored cell that its type cannot express. Never shows the value. */
export function invalidValue(expected: string): RowhouseError {
  return new RowhouseError('VALUE_INVALID', `the value is not ${expected}`, { details: { expected } });
}
