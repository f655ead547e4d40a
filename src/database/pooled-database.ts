import { captureOrigin } from '../driver/pool/call-site.ts';
import type { Pool } from '../driver/pool/pool.ts';
import { AutocommitSession } from './autocommit-session.ts';
import type { Database, DatabaseMetrics, PoolPurpose } from './database.ts';
import { runPinned, type PinnedSession } from './pinned-session.ts';
import { retry, retryOfCause } from './retry.ts';
import type { Session } from './session.ts';
import type { SessionContext } from './session-context.ts';

/** The parts that `openDatabase` has put together. */
export interface DatabaseParts {
  readonly context: SessionContext;
  readonly readContext: SessionContext;
  readonly pools: { readonly write: Pool } & Readonly<Partial<Record<PoolPurpose, Pool>>>;
  /** Called once all connections are closed. */
  readonly onClose: () => void;
}

/** A database over its pools. */
export class PooledDatabase extends AutocommitSession implements Database {
  readonly where: string;
  readonly read: Session;
  readonly #parts: DatabaseParts;

  constructor(parts: DatabaseParts) {
    super(parts.context);
    this.where = parts.context.source.where;
    this.read = new AutocommitSession(parts.readContext);
    this.#parts = parts;
  }

  async pinned<T>(
    work: (session: PinnedSession) => Promise<T>,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<T> {
    const { context } = this.#parts;
    const origin = captureOrigin();
    const checkout = await retry({ settings: context.retries, signal, classify: retryOfCause }, async () => {
      return await context.writers.acquire({ signal, origin });
    });
    return await runPinned(context, checkout, work);
  }

  metrics(): DatabaseMetrics {
    const { write, read, replica } = this.#parts.pools;
    return {
      write: write.metrics(),
      ...(read && { read: read.metrics() }),
      ...(replica && { replica: replica.metrics() }),
    };
  }

  async close(options?: { readonly withinMs?: number | undefined }): Promise<void> {
    const { pools, onClose } = this.#parts;
    await Promise.all(Object.values(pools).map(async (pool) => await pool.close(options)));
    onClose();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
