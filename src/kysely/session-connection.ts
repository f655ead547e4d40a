import type { AbortableOperationOptions, CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { PinnedSession } from '../database/pinned-session.ts';
import { plainEncoder, type PlainEncoder } from '../database/plain-value.ts';
import type { RunOptions, Session } from '../database/session.ts';
import type { BeginOptions } from '../database/transaction.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Result } from '../driver/connection.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { holdTransaction, type HeldTransaction } from './held-transaction.ts';
import { preparedQuery, type PreparedQuery } from './prepared-query.ts';
import { rowReader } from './row-reader.ts';
import { keptStatement } from './kept-statement.ts';

/**
 * What Kysely takes for a connection: a session. Outside a transaction each statement takes any free connection, so that
 * a second one on this object has nowhere to go.
 */
export class SessionConnection implements DatabaseConnection {
  readonly #session: Session;
  readonly #held: { readonly name: string; readonly transaction: HeldTransaction }[] = [];
  #isUsed = false;

  constructor(session: Session) {
    this.#session = session;
  }

  async executeQuery<Row>(query: CompiledQuery, options?: AbortableOperationOptions): Promise<QueryResult<Row>> {
    const prepared = preparedQuery(query);
    const values = this.#wire(query, prepared);
    const bounds: RunOptions = { signal: options?.signal, idempotent: prepared.isRead };
    try {
      const session = this.#use();
      const result = await session.run(keptStatement(query.sql, prepared, session), values, bounds);
      return { rows: readRows<Row>(result, prepared), ...writtenBy(query, result) };
    } catch (error) {
      // Kysely has told its caller already, and would write to the console that what was stopped did stop.
      if (options?.signal?.aborted === true) return { rows: [] };
      throw error;
    }
  }

  async *streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
    options?: AbortableOperationOptions,
  ): AsyncIterableIterator<QueryResult<Row>> {
    const prepared = preparedQuery(query);
    const { output, isRead } = prepared;
    if (!output.complete) {
      throw new RowhouseError('USAGE', 'the columns of a query that is streamed must be known', {
        hint: 'name the columns in select instead of selectAll',
      });
    }
    const read = rowReader<Row>(
      output.columns.map(({ name }) => name),
      output,
    );
    const bounds: RunOptions = { signal: options?.signal, idempotent: isRead };
    const values = this.#wire(query, prepared);
    const session = this.#use();
    const statement = keptStatement(query.sql, prepared, session);
    const batches = session.stream(statement, values, { ...bounds, batchRows: chunkSize });
    for await (const rows of batches) yield { rows: rows.map(read) };
  }

  /** Begins a transaction, or sets a savepoint in the one that is open. */
  async begin(name: string, options: BeginOptions = {}): Promise<void> {
    this.#held.push({ name, transaction: await holdTransaction(this.#current, options) });
  }

  /** Makes permanent what ran since `name`, with every savepoint in it. */
  async commit(name: string): Promise<void> {
    for (const transaction of this.#endedBy(name)) await transaction.commit();
  }

  /** Undoes what ran since `name`, with every savepoint in it. */
  async rollback(name: string): Promise<void> {
    for (const transaction of this.#endedBy(name)) await transaction.rollback();
  }

  /** The open transactions from the innermost out to `name`, which are open no longer. */
  #endedBy(name: string): readonly HeldTransaction[] {
    const place = this.#held.findLastIndex((held) => held.name === name);
    if (place === -1) throw new RowhouseError('USAGE', `there is no savepoint ${name}`);
    return this.#held
      .splice(place)
      .map(({ transaction }) => transaction)
      .toReversed();
  }

  get #current(): Session {
    return this.#held.at(-1)?.transaction.session ?? this.#session.ambient ?? this.#session;
  }

  #use(): Session {
    const session = this.#current;
    const isOneConnection = session.inTransaction || session instanceof PinnedSession;
    if (this.#isUsed && !isOneConnection) {
      throw new RowhouseError('USAGE', 'connection() has no connection of its own on a session outside a transaction', {
        hint: 'use kyselyOf(session, schema) inside database.pinned() or database.transaction()',
      });
    }
    this.#isUsed = true;
    return session;
  }

  #wire({ parameters }: CompiledQuery, { codecs }: PreparedQuery): readonly unknown[] {
    const encode = encoderOf(this.#session.dialect);
    return parameters.map((value, place) => {
      const codec = codecs[place];
      return codec === undefined || value === null ? encode(value) : codec.encode(value);
    });
  }
}

const encoders = new WeakMap<Dialect, PlainEncoder>();

function encoderOf(dialect: Dialect): PlainEncoder {
  let encoder = encoders.get(dialect);
  if (encoder === undefined) encoders.set(dialect, (encoder = plainEncoder(dialect)));
  return encoder;
}

function readRows<Row>({ rows, fields }: Result, { output }: PreparedQuery): Row[] {
  return rows.map(rowReader<Row>(fields, output));
}

function writtenBy({ query }: CompiledQuery, { changes, lastId }: Result): Omit<QueryResult<unknown>, 'rows'> {
  if (query.kind === 'SelectQueryNode') return {};
  const insertId = query.kind === 'InsertQueryNode' ? lastId : undefined;
  return { numAffectedRows: BigInt(changes), ...(insertId === undefined ? {} : { insertId }) };
}
