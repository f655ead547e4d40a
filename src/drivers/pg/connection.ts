import { setTimeout as delay } from 'node:timers/promises';
import type { Connection, Result, Statement, StreamOptions } from '../../driver/connection.ts';
import { busyStreaming } from '../../driver/busy-streaming.ts';
import { LossListener } from '../../driver/loss-listener.ts';
import { Flight, type Step } from './flight.ts';
import type { PgClient } from './library.ts';
import { Portal } from './portal.ts';
import { PreparedStatements } from './prepared-statements.ts';
import { checkWireValues } from './wire-value.ts';

export interface PgConnectionOptions {
  readonly serverVersion: string;
  /** Several statements in one flight. */
  readonly pipeline: boolean;
  /** Named statements are kept prepared. */
  readonly prepare: boolean;
  /** Sends a cancel request for this session. */
  readonly cancel: () => Promise<void>;
}

/** How long a goodbye may take before the line is dropped. */
const goodbyeMs = 1_000;

/** How long a statement may go on after each request to stop. */
const cancelPausesMs = [100, 200, 400, 800];

/**
 * A connection of the package `pg`. Raw cells: the server's text, or null, for every type; a `bytea` comes as `\x…`.
 * Values: string, number, bigint, boolean, null, or bytes for a `bytea`.
 * Statements of one `runAll` outside a transaction are one transaction: the protocol makes it so.
 */
export class PgConnection implements Connection {
  readonly serverVersion: string;
  readonly sessionId: string;
  readonly atomicFlights: boolean;
  readonly #client: PgClient;
  readonly #options: PgConnectionOptions;
  readonly #prepared: PreparedStatements | undefined;
  readonly #loss = new LossListener();
  /** What is on the line or waits for its turn, in the order of the answers. */
  readonly #inFlight: (Flight | Portal)[] = [];
  #transaction = 'I';
  #streaming = false;
  #closed = false;
  #cancelling: Promise<void> | undefined;

  constructor(client: PgClient, options: PgConnectionOptions) {
    this.#client = client;
    this.#options = options;
    this.serverVersion = options.serverVersion;
    this.atomicFlights = options.pipeline;
    this.sessionId = String(client.processID ?? '');
    this.#prepared = options.prepare ? new PreparedStatements() : undefined;
    this.#listen();
  }

  get broken(): boolean {
    return this.#closed || this.#loss.error !== undefined;
  }

  async run(statement: Statement, values: readonly unknown[]): Promise<Result> {
    const results = await this.#fly([[statement, values]]);
    return results[0] ?? { rows: [], fields: [], changes: 0 };
  }

  async runAll(steps: readonly Step[]): Promise<readonly Result[]> {
    if (this.#options.pipeline) return steps.length === 0 ? [] : await this.#fly(steps);
    const results: Result[] = [];
    for (const step of steps) results.push(...(await this.#fly([step])));
    return results;
  }

  async script(sql: string): Promise<void> {
    await this.#cancelled();
    this.#ready();
    await this.#launch(Flight.ofScript(sql));
  }

  async *stream(
    statement: Statement,
    values: readonly unknown[],
    options: StreamOptions,
  ): AsyncGenerator<Result['rows'], void, undefined> {
    checkWireValues(values);
    await this.#cancelled();
    this.#ready();
    const portal = new Portal([statement, values], options.batchRows);
    this.#streaming = true;
    this.#send(portal);
    try {
      for (;;) {
        const { rows, last } = await portal.batch();
        if (rows.length > 0) yield rows;
        if (last) return;
        portal.more();
      }
    } finally {
      portal.close();
      await portal.closed;
      this.#streaming = false;
    }
  }

  async cancel(): Promise<void> {
    const [running] = this.#inFlight;
    if (running === undefined || this.broken) return;
    this.#cancelling ??= this.#stop(running).finally(() => {
      this.#cancelling = undefined;
    });
    await this.#cancelling;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const timer = setTimeout(() => this.destroy(), goodbyeMs);
    await this.#client.end().catch(() => undefined);
    clearTimeout(timer);
  }

  destroy(): void {
    this.#closed = true;
    this.#client.connection.stream.destroy();
  }

  onLost(listener: (error: Error) => void): void {
    this.#loss.listen(listener);
  }

  async #fly(steps: readonly Step[]): Promise<readonly Result[]> {
    for (const [, values] of steps) checkWireValues(values);
    if (this.#cancelling !== undefined) await this.#cancelled();
    this.#ready();
    const wasIdle = this.#transaction === 'I';
    const flight = Flight.ofSteps(steps, this.#prepared);
    try {
      return await this.#launch(flight);
    } catch (error) {
      for (const { name } of flight.unparsed()) this.#prepared?.forget(name);
      if (!isStale(error)) throw error;
      for (const name of flight.unfinished()) this.#prepared?.forget(name);
      // Inside a transaction the error has undone it: only its owner can start it again.
      if (!wasIdle || flight.tags.includes('COMMIT')) throw error;
      if (this.#transaction === 'E') await this.#launch(Flight.ofScript('rollback'));
      return await this.#launch(Flight.ofSteps(steps, this.#prepared));
    }
  }

  #launch(flight: Flight): Promise<readonly Result[]> {
    this.#send(flight);
    return flight.done;
  }

  #send(submission: Flight | Portal): void {
    this.#inFlight.push(submission);
    this.#client.query(submission);
  }

  /**
   * A request that reaches the server before its statement does is lost, and one that comes while the server loads the
   * library that compiles expressions too (measured on 15, from a cold disk). So it is made again while the statement goes on.
   */
  async #stop(running: Flight | Portal): Promise<void> {
    const landed = running instanceof Portal ? running.closed : running.done.catch(() => undefined);
    for (const pauseMs of cancelPausesMs) {
      await this.#options.cancel();
      await Promise.race([landed, delay(pauseMs, undefined, { ref: false })]);
      if (this.#inFlight[0] !== running) return;
    }
  }

  /** Waits for a cancel request that is under way, lest it hits the next statement. */
  async #cancelled(): Promise<void> {
    await this.#cancelling?.catch(() => undefined);
  }

  #ready(): void {
    if (this.#loss.error !== undefined) throw this.#loss.error;
    if (this.#streaming) throw busyStreaming();
  }

  #listen(): void {
    const { connection } = this.#client;
    connection.on('parseComplete', () => this.#inFlight[0]?.handleParseComplete());
    connection.on('readyForQuery', ({ status }) => {
      this.#transaction = status;
      this.#inFlight.shift()?.land();
    });
    this.#client.on('error', (error) => this.#lose(error));
    this.#client.on('end', () => this.#lose(connectionEnded()));
  }

  #lose(error: Error): void {
    const pending = this.#inFlight.splice(0);
    if (this.#closed) this.#loss.mute();
    this.#loss.lose(error, pending.length === 0);
    for (const submission of pending) submission.land(error);
  }
}

function connectionEnded(): Error {
  return Object.assign(new Error('the server closed the connection'), { code: 'ECONNRESET' });
}

/** The server no longer has the statement (26000), or its tables changed under it (0A000, by this message only). */
function isStale(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code === '26000') return true;
  return error.code === '0A000' && 'routine' in error && error.routine === 'RevalidateCachedQuery';
}
