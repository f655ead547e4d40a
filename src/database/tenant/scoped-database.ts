import { AutocommitSession } from '../autocommit-session.ts';
import type { SessionOptions } from '../database.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import { currentPosition } from '../replica/current-position.ts';
import { writeToken } from '../replica/position-token.ts';
import { ReplicaSession, type ReadSession } from '../replica/read-session.ts';
import type { ReplicaSet } from '../replica/replica-set.ts';
import { SessionOnBothSides, type RoutedSession } from '../replica/routed-session.ts';
import type { Session } from '../session.ts';
import type { SessionContext } from '../session-context.ts';
import type { BeginOptions, OpenTransaction } from '../transaction.ts';
import { scopeOfAll, scopeOfTenant, type SessionScope } from './session-scope.ts';
import type { ScopedParts } from './tenant-places.ts';
import type { TenantId } from './tenant-scope.ts';

/** An open database as far as one tenant reaches, or as far as all do for a reason. It needs no closing. */
export interface ScopedDatabase extends Session {
  readonly inTransaction: false;
  /** `host:port/database` or the file's path, for messages. */
  readonly where: string;
  /** As `read` of the database, in the same scope. */
  readonly read: ReadSession;
  /** As `session` of the database, in the same scope. */
  session(options?: SessionOptions): RoutedSession;
  /** Where everything is that was committed until now, for readers in any process: see `read.after`. */
  token(): Promise<string>;
  /** Begins a transaction that the caller ends. */
  begin(options?: BeginOptions): Promise<OpenTransaction>;
}

/** The database bound to a tenant. */
export function databaseOfTenant(parts: ScopedParts, tenant: TenantId): ScopedDatabase {
  if (parts.places !== undefined) return new ScopedSession(parts.places.enter(tenant, parts));
  return new ScopedSession(withScope(parts, scopeOfTenant(tenant, parts.context)));
}

/** The database with the rows of all tenants. */
export function databaseOfAll(parts: ScopedParts, reason: string): ScopedDatabase {
  return new ScopedSession(withScope(parts, scopeOfAll(reason, parts.context)));
}

function withScope(parts: ScopedParts, scope: SessionScope): ScopedParts {
  return { ...parts, context: { ...parts.context, scope } };
}

class ScopedSession extends AutocommitSession implements ScopedDatabase {
  readonly where: string;
  readonly #context: SessionContext;
  readonly #replicas: ReplicaSet | undefined;
  #read: ReadSession | undefined;

  constructor({ context, replicas }: ScopedParts) {
    super(context);
    this.where = context.source.where;
    this.#context = context;
    this.#replicas = replicas;
  }

  /** Made when it is asked for: a session of one request mostly reads where it writes. */
  get read(): ReadSession {
    return (this.#read ??= this.#readSession());
  }

  session(given?: SessionOptions): RoutedSession {
    refuseUnknownOptions(given, 'a session');
    const { after, ...options } = given ?? {};
    const reader = after === undefined ? this.read : this.read.after(after, options);
    return new SessionOnBothSides({ writer: this, reader, token: async () => await this.token() });
  }

  async token(): Promise<string> {
    return writeToken(await currentPosition(this.#context));
  }

  #readSession(): ReadSession {
    const readers = this.#replicas ?? this.#context.readers;
    return new ReplicaSession({ ...this.#context, readers, readOnly: true }, this.#replicas);
  }
}
