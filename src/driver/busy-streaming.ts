import { RowhouseError } from '../errors/rowhouse-error.ts';

/** The error for a statement on a connection that is in the middle of reading rows. */
export function busyStreaming(): RowhouseError {
  return new RowhouseError('STATEMENT_FAILED', 'the connection is reading a stream and can run nothing else', {
    hint: 'finish or leave the loop over the rows first, or run the statement on another connection',
  });
}
