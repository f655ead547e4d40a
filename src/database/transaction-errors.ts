import { RowhouseError } from '../errors/rowhouse-error.ts';

/** The error of a statement that comes after the end. */
export function closedTransaction(): RowhouseError {
  return new RowhouseError('TRANSACTION_CLOSED', 'the transaction is over and the statement did not run', {
    hint: 'await every statement before the function of the transaction returns; what goes on after it runs in database.outside(…)',
  });
}

/** The error of a statement that comes after one that failed. */
export function failedTransaction(cause: RowhouseError): RowhouseError {
  return new RowhouseError(
    'TRANSACTION_FAILED',
    'an earlier statement of the transaction failed and nothing more runs',
    {
      cause,
      hint: 'to go on after an expected error, put the statement into a nested transaction',
    },
  );
}

/** The error of a statement that comes while another session of the transaction has the connection. */
export function busyTransaction(message: string): RowhouseError {
  return new RowhouseError('CONNECTION_BUSY', message);
}
