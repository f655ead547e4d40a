import { AutocommitSession } from '../autocommit-session.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { SessionContext } from '../session-context.ts';
import type { Session } from '../session.ts';
import { readTokens } from './position-token.ts';
import { ReachedSource } from './reached-source.ts';
import type { ReplicaSet } from './replica-set.ts';

/** A session that only reads, from a replica where one is fit. */
export interface ReadSession extends Session {
  /**
   * A session that sees the write behind the token: on a replica that has it, else on the primary. The token may come
   * from another process, and may be several with commas between; `TOKEN_INVALID` when it is none.
   *
   * @example
   * ```ts
   * await database.execute(sql`insert into loan (book) values (${book})`);
   * const token = await database.token();
   * const loans = await database.read.after(token).query(sql`select book from loan`);
   * ```
   */
  after(token: string, options?: AfterOptions): Session;
}

export interface AfterOptions {
  /** How long all statements of the session together wait for a replica; 500 ms unless said. 0 does not wait. */
  readonly withinMs?: number | undefined;
}

/** The reading side of a database. */
export class ReplicaSession extends AutocommitSession implements ReadSession {
  readonly #context: SessionContext;
  readonly #set: ReplicaSet | undefined;

  constructor(context: SessionContext, set: ReplicaSet | undefined) {
    super(context);
    this.#context = context;
    this.#set = set;
  }

  after(token: string, options: AfterOptions = {}): Session {
    refuseUnknownOptions(options, 'after');
    const { withinMs = 500 } = options;
    const positions = readTokens(token, this.dialect.replication);
    if (this.#set === undefined) return this;
    return new AutocommitSession({ ...this.#context, readers: new ReachedSource(this.#set, positions, withinMs) });
  }
}
