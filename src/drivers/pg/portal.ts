import type { Result } from '../../driver/connection.ts';
import type { Step } from './flight.ts';
import type { PgSubmission, PgWire } from './library.ts';
import { wireValue } from './wire-value.ts';

interface Batch {
  readonly rows: Result['rows'];
  readonly last: boolean;
}

/**
 * A statement whose rows are fetched a batch at a time. No Sync is sent while it is open, so the server keeps the portal
 * (and the implicit transaction around it) without DECLARE CURSOR, inside a transaction and outside of one.
 */
export class Portal implements PgSubmission {
  /** Resolves once the server is ready for the next statement. */
  readonly closed: Promise<void>;

  readonly #step: Step;
  readonly #batchRows: number;
  readonly #resolveClosed: () => void;
  #wire: PgWire | undefined;
  #rows: (readonly unknown[])[] = [];
  #waiting = Promise.withResolvers<Batch>();
  #failure: Error | undefined;
  #state: 'open' | 'ended' | 'landed' = 'open';

  constructor(step: Step, batchRows: number) {
    this.#step = step;
    this.#batchRows = batchRows;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#resolveClosed = resolve;
  }

  submit(wire: PgWire): null {
    const [{ sql }, values] = this.#step;
    this.#wire = wire;
    wire.stream.cork();
    wire.parse({ name: '', text: sql });
    wire.bind({ statement: '', values, valueMapper: wireValue });
    wire.describe({ type: 'P', name: '' });
    this.#fetch(wire);
    wire.stream.uncork();
    return null;
  }

  /** The batch that was asked for last; asking for the first one is part of submitting. */
  async batch(): Promise<Batch> {
    if (this.#failure !== undefined) throw this.#failure;
    return await this.#waiting.promise;
  }

  /** Asks for the next batch. */
  more(): void {
    if (this.#state !== 'open' || this.#wire === undefined) return;
    this.#waiting = Promise.withResolvers<Batch>();
    this.#fetch(this.#wire);
  }

  /** Gives the rest up. */
  close(): void {
    if (this.#state !== 'open' || this.#wire === undefined) return;
    this.#state = 'ended';
    this.#wire.close({ type: 'P', name: '' });
    this.#wire.sync();
  }

  land(failure?: Error): void {
    this.#state = 'landed';
    if (failure !== undefined) this.#fail(failure);
    this.#resolveClosed();
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#rows.push(fields);
  }

  handlePortalSuspended(): void {
    this.#deliver(false);
  }

  handleCommandComplete(_message: unknown, wire: PgWire): void {
    this.#end(wire);
    this.#deliver(true);
  }

  handleEmptyQuery(wire: PgWire): void {
    this.handleCommandComplete(undefined, wire);
  }

  handleError(error: Error, wire: PgWire): void {
    this.#end(wire);
    this.#fail(error);
  }

  handleCopyInResponse(wire: PgWire): void {
    wire.sendCopyFail('rows cannot be copied in through a stream');
  }

  handleParseComplete(): void {}
  handleReadyForQuery(): void {}
  handleCopyData(): void {}

  #fetch(wire: PgWire): void {
    wire.execute({ portal: '', rows: this.#batchRows });
    wire.flush();
  }

  #end(wire: PgWire): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    wire.sync();
  }

  #deliver(last: boolean): void {
    this.#waiting.resolve({ rows: this.#rows, last });
    this.#rows = [];
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#waiting.reject(error);
    // Nobody may be asking for a batch just now; the loop meets the error when it asks.
    this.#waiting.promise.catch(() => undefined);
  }
}
