import type { Connection } from '../driver/connection.ts';
import type { Checkout } from '../driver/pool/pool.ts';
import { AutocommitSession } from './autocommit-session.ts';
import { translated, type SessionContext } from './session-context.ts';
import { SoleConnection } from './sole-connection.ts';

/** A session whose statements and transactions all use one connection: for locks, session settings and migrations. */
export class PinnedSession extends AutocommitSession {
  /** For the parts of a dialect that take a connection: its inspector, its named locks. */
  readonly connection: Connection;
  readonly #context: SessionContext;

  constructor(context: SessionContext, connection: Connection) {
    const source = new SoleConnection(connection);
    const pinned: SessionContext = {
      ...context,
      // A connection of its own is asked for by name: it takes part in no transaction of others.
      ambient: undefined,
      writers: source,
      readers: source,
      isPinned: true,
      // A lost line takes the session's locks and settings with it: to go on over another one would be wrong.
      retries: { ...context.retries, connectMs: 0 },
      // What is pinned is long work of its own kind; it bounds itself.
      statementTimeoutMs: undefined,
    };
    super(pinned);
    this.connection = connection;
    this.#context = pinned;
  }

  /** Runs SQL text of one or more statements. */
  async script(sql: string): Promise<void> {
    try {
      await this.connection.script(sql);
    } catch (error) {
      throw translated(this.#context, error, 'statement');
    }
  }
}

/**
 * Runs `work` on a connection of its own. It is closed afterwards, because nobody knows what was set on it; the one
 * connection of a database in memory is kept.
 */
export async function runPinned<T>(
  context: SessionContext,
  checkout: Checkout,
  work: (session: PinnedSession) => Promise<T>,
): Promise<T> {
  try {
    return await work(new PinnedSession(context, checkout.connection));
  } finally {
    if (context.inMemory) checkout.release();
    else checkout.discard();
  }
}
