import type { Result } from '../../driver/connection.ts';
import type { MysqlClient } from './library.ts';

/**
 * The rows of a running statement, a batch at a time. The server sends as fast as it is read: while nobody asks, the
 * socket is paused and its buffers fill.
 */
export class RowCursor {
  readonly #client: MysqlClient;
  readonly #batchRows: number;
  readonly #ended = Promise.withResolvers<void>();
  #rows: unknown[][] = [];
  #wake: (() => void) | undefined;
  #over = false;
  #failure: Error | undefined;
  #dropping = false;

  constructor(client: MysqlClient, batchRows: number) {
    this.#client = client;
    this.#batchRows = batchRows;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Up to `batchRows` rows; none when all are read. */
  async batch(): Promise<Result['rows']> {
    while (!this.#over && this.#rows.length < this.#batchRows) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      this.#client.resume();
      if (!this.#over && this.#rows.length < this.#batchRows) await promise;
    }
    if (this.#failure !== undefined) throw this.#failure;
    return this.#rows.splice(0, this.#batchRows);
  }

  /** Reads what is still to come and forgets it. */
  async drain(): Promise<void> {
    this.#dropping = true;
    this.#rows = [];
    if (!this.#over) this.#client.resume();
    await this.#ended.promise;
  }

  /** The next row has come. */
  take(row: unknown[]): void {
    if (this.#dropping) return;
    this.#rows.push(row);
    if (this.#rows.length < this.#batchRows) return;
    this.#client.pause();
    this.#wake?.();
  }

  /** There will be no more rows: all are here, or the statement or the line has failed. */
  end(failure?: Error): void {
    this.#failure ??= failure;
    this.#over = true;
    this.#ended.resolve();
    this.#wake?.();
  }
}
