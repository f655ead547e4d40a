import type { Result, Statement } from '../../driver/connection.ts';
import type { PgSubmission, PgWire } from './library.ts';
import type { PreparedStatement, PreparedStatements } from './prepared-statements.ts';
import { wireValue } from './wire-value.ts';

/** A statement with its values. */
export type Step = readonly [Statement, readonly unknown[]];

const noFields: readonly string[] = [];

/**
 * Messages that leave together and are answered together. All steps share one Sync: after an error the server skips the
 * rest by itself, so a flight stops at its first error without a round trip to say so.
 */
export class Flight implements PgSubmission {
  /** Results of the finished steps, in order. */
  readonly results: Result[] = [];
  /** Tags of the finished steps: `COMMIT`, `INSERT 0 1`. */
  readonly tags: string[] = [];
  readonly done: Promise<readonly Result[]>;
  failure: Error | undefined;

  readonly #send: (wire: PgWire, flight: Flight) => void;
  readonly #settle: (failure: Error | undefined) => void;
  /** Statements in the order in which their ParseComplete comes. */
  readonly #parsing: PreparedStatement[] = [];
  #parsed = 0;
  readonly #described: (PreparedStatement | undefined)[] = [];
  #fields: readonly string[] | undefined;
  #rows: (readonly unknown[])[] = [];

  private constructor(send: (wire: PgWire, flight: Flight) => void) {
    this.#send = send;
    const { promise, resolve, reject } = Promise.withResolvers<readonly Result[]>();
    this.done = promise;
    this.#settle = (failure): void => (failure === undefined ? resolve(this.results) : reject(failure));
  }

  /** A flight of statements with values, prepared where they have a name. */
  static ofSteps(steps: readonly Step[], prepared: PreparedStatements | undefined): Flight {
    return new Flight((wire, flight) => {
      const kept = steps.map(([{ name }]) => (name === undefined ? undefined : prepared?.use(name)));
      flight.#close(wire, kept, prepared);
      for (const [index, step] of steps.entries()) flight.#sendStep(wire, step, kept[index]);
      wire.sync();
    });
  }

  /** A flight of SQL text with any number of statements and no values. */
  static ofScript(sql: string): Flight {
    return new Flight((wire) => {
      wire.query(sql);
    });
  }

  submit(wire: PgWire): null {
    wire.stream.cork();
    try {
      this.#send(wire, this);
    } finally {
      wire.stream.uncork();
    }
    return null;
  }

  /** The server answered the Sync, or the line is gone: nothing more will come. */
  land(failure: Error | undefined = this.failure): void {
    this.#settle(this.failure ?? failure);
  }

  /** Statements that were sent and never acknowledged. */
  unparsed(): readonly PreparedStatement[] {
    return this.#parsing.slice(this.#parsed).filter(({ name }) => name !== '');
  }

  /** Named statements among the steps that did not finish: any of them may be the stale one. */
  unfinished(): readonly string[] {
    return this.#described.slice(this.results.length).flatMap((statement) => (statement ? [statement.name] : []));
  }

  handleParseComplete(): void {
    const statement = this.#parsing[this.#parsed++];
    if (statement !== undefined) statement.state = 'ready';
  }

  handleRowDescription({ fields }: { readonly fields: readonly { readonly name: string }[] }): void {
    this.#fields = fields.map(({ name }) => name);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#rows.push(fields);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const statement = this.#described[this.results.length];
    const fields = this.#fields ?? statement?.fields ?? noFields;
    if (statement !== undefined) statement.fields = fields;
    this.results.push({ rows: this.#rows, fields, changes: changesOf(text) });
    this.tags.push(text);
    this.#rows = [];
    this.#fields = undefined;
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  handleError(error: Error): void {
    this.failure ??= error;
  }

  handleCopyInResponse(wire: PgWire): void {
    wire.sendCopyFail('rows cannot be copied in through a statement');
  }

  handlePortalSuspended(): void {}
  handleReadyForQuery(): void {}
  handleCopyData(): void {}

  #close(
    wire: PgWire,
    kept: readonly (PreparedStatement | undefined)[],
    prepared: PreparedStatements | undefined,
  ): void {
    if (prepared === undefined) return;
    const used = new Set(kept.flatMap((statement) => (statement === undefined ? [] : [statement.name])));
    // Closed first: an error further on makes the server skip messages, and these must not be skipped.
    for (const name of prepared.takeClosing(used)) wire.close({ type: 'S', name });
  }

  #sendStep(wire: PgWire, [{ sql }, values]: Step, kept: PreparedStatement | undefined): void {
    const name = kept?.name ?? '';
    if (kept === undefined || kept.state === 'new') {
      wire.parse({ name, text: sql });
      this.#parsing.push(kept ?? unnamed());
      if (kept !== undefined) kept.state = 'sent';
    }
    wire.bind({ statement: name, values, valueMapper: wireValue });
    if (kept?.fields === undefined) wire.describe({ type: 'P', name: '' });
    wire.execute({ portal: '', rows: 0 });
    this.#described.push(kept);
  }
}

function unnamed(): PreparedStatement {
  return { name: '', state: 'sent', fields: undefined };
}

/** `INSERT 0 5`, `UPDATE 3`, `COPY 7`; a SELECT's number counts rows that were read. */
function changesOf(tag: string): number {
  if (tag.startsWith('SELECT') || tag.startsWith('FETCH') || tag.startsWith('MOVE')) return 0;
  return Number(tag.slice(tag.lastIndexOf(' ') + 1)) || 0;
}
