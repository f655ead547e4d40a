import type { Result } from '../../driver/connection.ts';
import type { MysqlClient, MysqlCommand } from './library.ts';
import { float32Columns, shortenFloats } from './raw-cells.ts';

/**
 * The rows of a running statement, a batch at a time. The server sends as fast as it is read: while nobody asks, the
 * socket is paused and its buffers fill.
 */
export class RowCursor {
  readonly #client: MysqlClient;
  readonly #batchRows: number;
  readonly #ended = Promise.withResolvers<void>();
  #floats: readonly number[] = [];
  #rows: unknown[][] = [];
  #wake: (() => void) | undefined;
  #over = false;
  #failure: Error | undefined;
  #dropping = false;

  constructor(client: MysqlClient, command: MysqlCommand, batchRows: number) {
    this.#client = client;
    this.#batchRows = batchRows;
    command.on('fields', (fields) => {
      this.#floats = fields === undefined ? [] : float32Columns(fields);
    });
    command.on('result', (row) => {
      if (Array.isArray(row) && !this.#dropping) this.#take(row);
    });
    command.on('error', (error) => {
      this.#failure ??= error;
    });
    command.on('end', () => this.#end());
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
    const batch = this.#rows.splice(0, this.#batchRows);
    if (this.#floats.length > 0) shortenFloats(batch, this.#floats);
    return batch;
  }

  /** Reads what is still to come and forgets it. */
  async drain(): Promise<void> {
    this.#dropping = true;
    this.#rows = [];
    if (!this.#over) this.#client.resume();
    await this.#ended.promise;
  }

  /** The line is gone: there will be no more events. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#end();
  }

  #take(row: unknown[]): void {
    this.#rows.push(row);
    if (this.#rows.length < this.#batchRows) return;
    this.#client.pause();
    this.#wake?.();
  }

  #end(): void {
    this.#over = true;
    this.#ended.resolve();
    this.#wake?.();
  }
}
