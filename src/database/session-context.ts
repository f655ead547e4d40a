import type { Dialect } from '../dialect/dialect.ts';
import type { ErrorContext } from '../dialect/error-translator.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Statement } from '../driver/connection.ts';
import type { ConnectionSource } from '../driver/pool/pool.ts';
import type { AmbientTransaction } from './ambient-transaction.ts';
import type { DiagnosticSource } from './diagnostics.ts';
import type { Logger } from './logger.ts';
import type { PlainEncoder } from './plain-value.ts';
import type { RetrySettings } from './retry.ts';
import type { SessionScope } from './tenant/session-scope.ts';

/** What the sessions of one open database share. */
export interface SessionContext {
  readonly dialect: Dialect;
  readonly source: DiagnosticSource;
  /** Connections for whatever may write; on an engine with one writer at a time there is one. */
  readonly writers: ConnectionSource;
  /** Where another connection comes from when this session's own line was lost; mostly `writers`. */
  readonly rescuers: ConnectionSource;
  /** Connections for what only reads. */
  readonly readers: ConnectionSource;
  /** Nothing that writes runs here. */
  readonly readOnly: boolean;
  readonly retries: RetrySettings;
  /** Absent on an engine that cannot bound a statement. */
  readonly statementTimeoutMs: number | undefined;
  /** A commit whose answer takes longer is looked up over another connection. */
  readonly commitTimeoutMs: number;
  /** The database lives and dies with its one connection. */
  readonly inMemory: boolean;
  /** Absent: the session is bound to no tenant. */
  readonly scope?: SessionScope | undefined;
  /** Each tenant has a place of its own, so a transaction stays where it began. */
  readonly isPlaced?: boolean;
  /** All its work is on one connection, which others hold too: for them a transaction has begun when it says so. */
  readonly isPinned?: boolean;
  /** Absent: calls on the database inside the function of a transaction are calls beside it. */
  readonly ambient?: AmbientTransaction | undefined;
  readonly encodePlain: PlainEncoder;
  readonly logger: Logger | undefined;
}

/** Our error for what a client library threw; ours pass unchanged. */
export function translated(context: SessionContext, error: unknown, during: ErrorContext['during']): RowhouseError {
  if (error instanceof RowhouseError) return error;
  return context.dialect.errors.translate(error, { during, where: context.source.where });
}

const kept = new Map<string, Statement>();

/** The same object for the same text, so that connections find what they prepared. Only for text without end values. */
export function plainStatement(sql: string): Statement {
  const known = kept.get(sql);
  if (known !== undefined) return known;
  if (kept.size >= 500) kept.clear();
  const statement: Statement = { sql };
  kept.set(sql, statement);
  return statement;
}
