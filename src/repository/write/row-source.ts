import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** Rows to insert: at hand, or coming one after the other. */
export type RowSource = readonly object[] | AsyncIterable<object>;

/** Rows that are encoded at a time: as many as the largest single insert of the engines takes. */
export const rowsAtOnce = 1_000;

export function isArray(source: RowSource): source is readonly object[] {
  return Array.isArray(source);
}

export function* cutArray(rows: readonly object[]): Generator<readonly object[], void, undefined> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) yield rows.slice(start, start + rowsAtOnce);
}

export async function* cutIterable(rows: AsyncIterable<object>): AsyncGenerator<readonly object[], void, undefined> {
  let chunk: object[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < rowsAtOnce) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Work that cannot be repeated, because the rows it takes come only once. */
export function once<T>(work: (transaction: Session) => Promise<T>): (transaction: Session) => Promise<T> {
  let isStarted = false;
  return async (transaction) => {
    if (isStarted) {
      throw new RowhouseError('TRANSACTION_FAILED', 'the insert failed half-way and its rows come only once', {
        hint: 'call insertMany again with a new iterable, or give an array: that can be repeated',
      });
    }
    isStarted = true;
    return await work(transaction);
  };
}
