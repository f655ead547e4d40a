import { captureOrigin } from '../driver/pool/call-site.ts';
import type { Pool } from '../driver/pool/pool.ts';
import { AutocommitSession } from './autocommit-session.ts';
import type {
  CloseOptions,
  Database,
  DatabaseMetrics,
  PinnedOptions,
  PoolPurpose,
  SessionOptions,
} from './database.ts';
import { runPinned, type PinnedSession } from './pinned-session.ts';
import { refuseUnknownOptions } from './refuse-unknown-options.ts';
import { currentPosition } from './replica/current-position.ts';
import { writeToken } from './replica/position-token.ts';
import { ReplicaSession, type ReadSession } from './replica/read-session.ts';
import type { ReplicaSet } from './replica/replica-set.ts';
import { SessionOnBothSides, type RoutedSession } from './replica/routed-session.ts';
import { retry, retryOfCause } from './retry.ts';
import type { SessionContext } from './session-context.ts';
import { databaseOfAll, databaseOfTenant, type ScopedDatabase } from './tenant/scoped-database.ts';
import type { TenantPlaces } from './tenant/tenant-places.ts';
import type { TenantId } from './tenant/tenant-scope.ts';

/** The parts that `openDatabase` has put together. */
export interface DatabaseParts {
  readonly context: SessionContext;
  readonly pools: { readonly write: Pool } & Readonly<Partial<Record<PoolPurpose, Pool>>>;
  readonly replicas: ReplicaSet | undefined;
  /** Absent: tenants share the tables. */
  readonly places?: TenantPlaces | undefined;
  /** Called once all connections are closed. */
  readonly onClose: () => void;
}

/** A database over its pools. */
export class PooledDatabase extends AutocommitSession implements Database {
  readonly where: string;
  readonly read: ReadSession;
  readonly #parts: DatabaseParts;

  constructor(parts: DatabaseParts) {
    super(parts.context);
    const { context, replicas } = parts;
    this.where = context.source.where;
    this.read = new ReplicaSession({ ...context, readers: replicas ?? context.readers, readOnly: true }, replicas);
    this.#parts = parts;
  }

  session(given?: SessionOptions): RoutedSession {
    refuseUnknownOptions(given, 'a session');
    const { after, ...options } = given ?? {};
    const reader = after === undefined ? this.read : this.read.after(after, options);
    return new SessionOnBothSides({ writer: this, reader, token: async () => await this.token() });
  }

  async token(): Promise<string> {
    return writeToken(await currentPosition(this.#parts.context));
  }

  async pinned<T>(work: (session: PinnedSession) => Promise<T>, options: PinnedOptions = {}): Promise<T> {
    refuseUnknownOptions(options, 'a pinned session');
    const { signal } = options;
    const { context } = this.#parts;
    const origin = captureOrigin();
    const checkout = await retry({ settings: context.retries, signal, classify: retryOfCause }, async () => {
      return await context.writers.acquire({ signal, origin });
    });
    return await runPinned(context, checkout, work);
  }

  outside<T>(work: () => T): T {
    const { ambient } = this.#parts.context;
    return ambient === undefined ? work() : ambient.outside(work);
  }

  forTenant(tenant: TenantId): ScopedDatabase {
    return databaseOfTenant(this.#parts, tenant);
  }

  unscoped(reason: string): ScopedDatabase {
    return databaseOfAll(this.#parts, reason);
  }

  metrics(): DatabaseMetrics {
    const { pools, replicas } = this.#parts;
    return {
      write: pools.write.metrics(),
      ...(pools.read && { read: pools.read.metrics() }),
      ...replicas?.metrics(),
    };
  }

  async close(options?: CloseOptions): Promise<void> {
    refuseUnknownOptions(options, 'close');
    const { pools, replicas, places, onClose } = this.#parts;
    await Promise.all([
      replicas?.close(options),
      places?.close(),
      ...Object.values(pools).map(async (pool) => await pool.close(options)),
    ]);
    onClose();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
