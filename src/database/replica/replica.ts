import type { Replication } from '../../dialect/replication.ts';
import type { Connection } from '../../driver/connection.ts';
import { keptWithin } from '../../driver/pool/kept-within.ts';
import type { AcquireOptions, Checkout, Pool } from '../../driver/pool/pool.ts';
import type { PoolMetrics } from '../../driver/pool/pool-metrics.ts';
import { isAlive } from '../../driver/pool/sign-of-life.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Connector } from '../connector.ts';
import { LagGauge, type LogMark } from './lag-gauge.ts';

/** `used`: it is read from · `behind`: too far, or nobody knows yet how far · `down`: it does not answer. */
export type ReplicaState = 'used' | 'behind' | 'down';

/** What is known of one replica. */
export interface ReplicaMetrics {
  readonly where: string;
  readonly state: ReplicaState;
  /** How far it was behind when it was last asked; undefined where that is not known. */
  readonly lagMs: number | undefined;
  /** Connections it gave for reading. */
  readonly taken: number;
  readonly pool: PoolMetrics;
}

export interface ReplicaOptions {
  readonly connector: Connector;
  readonly pool: Pool;
  readonly maxLagMs: number;
  readonly onChange: (replica: Replica, error: unknown) => void;
}

/** A replica that says nothing for this long is taken for dead; what it was asked is asked elsewhere. */
const silenceMs = 3000;

/** A replica of a busy primary is always a moment behind: a first look waits for it, so that it is fit from the start. */
const firstLookMs = 200;

/** One server that follows the primary: its connections, and whether it is fit to be read from. */
export class Replica {
  readonly where: string;
  readonly #options: ReplicaOptions;
  readonly #gauge = new LagGauge();
  readonly #out = new Set<Connection>();
  /** The line of the looks: it never waits for a place in the pool. */
  #line: Connection | undefined;
  #state: ReplicaState = 'behind';
  #lagMs: number | undefined;
  /** Where positions are not known, a replica that answers is near enough. */
  #isMeasured = false;
  #taken = 0;
  #checking: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: ReplicaOptions) {
    this.where = options.connector.where;
    this.#options = options;
  }

  get state(): ReplicaState {
    return this.#state;
  }

  take(origin?: Error): Checkout | undefined {
    const checkout = this.#options.pool.take(origin);
    return checkout && this.#watched(checkout);
  }

  async acquire(options: AcquireOptions): Promise<Checkout> {
    return this.#watched(await this.#options.pool.acquire(options));
  }

  suspect(): void {
    this.#options.pool.suspect();
  }

  metrics(): ReplicaMetrics {
    const { where, state } = this;
    return { where, state, lagMs: this.#lagMs, taken: this.#taken, pool: this.#options.pool.metrics() };
  }

  /** Looks how the replica is. A look that is under way is not doubled. Never throws. */
  async check(replication: Replication | undefined, mark: LogMark | undefined): Promise<void> {
    if (this.#isClosed) return;
    this.#checking ??= this.#look(replication, mark).finally(() => {
      this.#checking = undefined;
    });
    await this.#checking;
  }

  /** Not read from until it answers again. */
  leave(error: unknown): void {
    this.#line?.destroy();
    this.#line = undefined;
    this.suspect();
    this.#become('down', error);
  }

  async close(options: { readonly withinMs?: number | undefined } = {}): Promise<void> {
    this.#isClosed = true;
    await this.#options.pool.close(options);
    this.#line?.destroy();
    await this.#checking;
    this.#line?.destroy();
  }

  async #look(replication: Replication | undefined, mark: LogMark | undefined): Promise<void> {
    try {
      this.#line ??= await this.#options.connector.connect();
      if (this.#line.broken) throw new RowhouseError('CONNECTION_LOST', `the line to ${this.where} was lost`);
      const measuring = this.#measure(this.#line, replication, mark);
      // What comes after the time is up has no reader.
      measuring.catch(() => undefined);
      if (!(await keptWithin(silenceMs, measuring))) throw this.#silenced();
      this.#become(this.#isNearEnough() ? 'used' : 'behind', undefined);
    } catch (error) {
      this.leave(error);
    }
  }

  async #measure(line: Connection, replication: Replication | undefined, mark: LogMark | undefined): Promise<void> {
    if (replication === undefined || mark === undefined) {
      if (!(await isAlive(line))) throw this.#silenced();
      return;
    }
    const patienceMs = this.#lagMs === undefined ? firstLookMs : 0;
    await this.#gauge.measure(mark, async (position) => await replication.hasReached(line, position, patienceMs));
    this.#lagMs = this.#gauge.lagMs(performance.now());
    this.#isMeasured = true;
  }

  #isNearEnough(): boolean {
    if (!this.#isMeasured) return true;
    return this.#lagMs !== undefined && this.#lagMs <= this.#options.maxLagMs;
  }

  /** Whoever waits for an answer is told at once that none will come, and asks elsewhere. */
  #silenced(): RowhouseError {
    for (const connection of this.#out) connection.destroy();
    return new RowhouseError('CONNECTION_LOST', `${this.where} has not answered for ${silenceMs / 1000} s`);
  }

  #become(state: ReplicaState, error: unknown): void {
    if (this.#state === state || this.#isClosed) return;
    this.#state = state;
    this.#options.onChange(this, error);
  }

  #watched(checkout: Checkout): Checkout {
    const { connection } = checkout;
    this.#taken += 1;
    this.#out.add(connection);
    return {
      connection,
      release: () => {
        this.#out.delete(connection);
        checkout.release();
      },
      discard: () => {
        this.#out.delete(connection);
        checkout.discard();
      },
    };
  }
}
