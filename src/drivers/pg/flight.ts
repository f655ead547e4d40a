import type { Result, Statement } from '../../driver/connection.ts';
import type { PgSubmission, PgWire } from './library.ts';
import type { PreparedStatement, PreparedStatements } from './prepared-statements.ts';
import { wireValue } from './wire-value.ts';

/** A statement with its values. */
export type Step = readonly [Statement, readonly unknown[]];

const noFields: readonly string[] = [];
const unnamedPortal = { type: 'P', name: '' } as const;
const wholePortal = { portal: '', rows: 0 } as const;

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

  /** Statements with their values, or SQL text. */
  readonly #cargo: readonly Step[] | string;
  readonly #prepared: PreparedStatements | undefined;
  // The functions of the promise as they are: for a closure of our own in their place V8 keeps what a call has made
  // through several collections, and a process grows to twice its size (measured).
  readonly #resolve: (results: readonly Result[]) => void;
  readonly #reject: (failure: Error) => void;
  /** Statements in the order in which their ParseComplete comes. */
  readonly #parsing: PreparedStatement[] = [];
  #parsed = 0;
  #described: readonly (PreparedStatement | undefined)[] = [];
  #fields: readonly string[] | undefined;
  #rows: (readonly unknown[])[] = [];

  private constructor(cargo: readonly Step[] | string, prepared: PreparedStatements | undefined) {
    const { promise, resolve, reject } = Promise.withResolvers<readonly Result[]>();
    this.#cargo = cargo;
    this.#prepared = prepared;
    this.done = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** A flight of statements with values, prepared where they have a name. */
  static ofSteps(steps: readonly Step[], prepared: PreparedStatements | undefined): Flight {
    return new Flight(steps, prepared);
  }

  /** A flight of SQL text with any number of statements and no values. */
  static ofScript(sql: string): Flight {
    return new Flight(sql, undefined);
  }

  submit(wire: PgWire): null {
    wire.stream.cork();
    try {
      if (typeof this.#cargo === 'string') wire.query(this.#cargo);
      else this.#sendSteps(wire, this.#cargo);
    } finally {
      wire.stream.uncork();
    }
    return null;
  }

  /** The server answered the Sync, or the line is gone: nothing more will come. */
  land(lost?: Error): void {
    const failure = this.failure ?? lost;
    if (failure === undefined) this.#resolve(this.results);
    else this.#reject(failure);
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

  #sendSteps(wire: PgWire, steps: readonly Step[]): void {
    const kept = steps.map(([{ name }]) => (name === undefined ? undefined : this.#prepared?.use(name)));
    this.#described = kept;
    // Closed first: an error further on makes the server skip messages, and these must not be skipped.
    for (const name of this.#prepared?.takeClosing(kept) ?? []) wire.close({ type: 'S', name });
    for (let at = 0; at < steps.length; at++) this.#sendStep(wire, steps[at] as Step, kept[at]);
    wire.sync();
  }

  #sendStep(wire: PgWire, [{ sql }, values]: Step, kept: PreparedStatement | undefined): void {
    const name = kept?.name ?? '';
    if (kept === undefined || kept.state === 'new') {
      wire.parse({ name, text: sql });
      this.#parsing.push(kept ?? unnamed());
      if (kept !== undefined) kept.state = 'sent';
    }
    wire.bind({ statement: name, values, valueMapper: wireValue });
    if (kept?.fields === undefined) wire.describe(unnamedPortal);
    wire.execute(wholePortal);
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
