import type { Session } from '../../database/session.ts';
import type { Transaction, TransactionOptions } from '../../database/transaction.ts';
import type { RepositoryOptions } from '../../repository/create-repository.ts';
import type { TableDefinition } from '../../schema/table/table.ts';
import type { Operation } from '../openapi/operation.ts';
import type { Answer } from '../reply.ts';
import type { HeaderReader } from '../request/incoming.ts';

/** The HTTP methods that a route may have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request on its way through a route. */
export interface Exchange {
  /** As the web has it. Headers, path and query are had for less. */
  readonly request: Request;
  readonly url: URL;
  readonly headers: HeaderReader;
  /** As `pathname` of the URL. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** The body as JSON; undefined when there is none. `types` are the media types it may have: `application/json`. */
  json(types?: ReadonlySet<string>): Promise<unknown>;
  /** For reads: statements run on any free connection. */
  session(): Promise<Session>;
  /** For writes: runs `work` in one transaction and gives its response once that is committed. */
  write(work: (transaction: Transaction) => Promise<Answer>, options?: TransactionOptions): Promise<Answer>;
  /**
   * For a write that is one statement, and so takes place or not by itself: a transaction around it is begun only where
   * something else takes part, such as the row of an idempotency key.
   */
  writeOne(work: (session: Session) => Promise<Answer>): Promise<Answer>;
  /** How repositories of this API work: the secret of their cursors. */
  readonly repository: RepositoryOptions;
}

/** A method on a path, `/users/{id}`, and what serves it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  handle(exchange: Exchange): Promise<Answer>;
  /** What the API's description says; absent: the route is not described. */
  readonly operation?: Operation | undefined;
  /** Requests without an `Idempotency-Key` are refused. */
  readonly requiresIdempotencyKey?: boolean | undefined;
  /** The table that errors are about. */
  readonly table?: TableDefinition | undefined;
}
