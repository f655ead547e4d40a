import type { Session } from '../../database/session.ts';
import type { Transaction, TransactionOptions } from '../../database/transaction.ts';
import type { RepositoryOptions } from '../../repository/create-repository.ts';
import type { TableDefinition } from '../../schema/table/table.ts';
import type { Operation } from '../openapi/operation.ts';

/** The HTTP methods that a route may have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request on its way through a route. */
export interface Exchange {
  readonly request: Request;
  readonly url: URL;
  /** The path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** The body as JSON; undefined when there is none. `types` are the media types it may have: `application/json`. */
  json(types?: ReadonlySet<string>): Promise<unknown>;
  /** For reads: statements run on any free connection. */
  session(): Promise<Session>;
  /** For writes: runs `work` in one transaction and gives its response once that is committed. */
  write(work: (transaction: Transaction) => Promise<Response>, options?: TransactionOptions): Promise<Response>;
  /** How repositories of this API work: the secret of their cursors. */
  readonly repository: RepositoryOptions;
}

/** A method on a path, `/users/{id}`, and what serves it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  handle(exchange: Exchange): Promise<Response>;
  /** What the API's description says; absent: the route is not described. */
  readonly operation?: Operation | undefined;
  /** Requests without an `Idempotency-Key` are refused. */
  readonly requiresIdempotencyKey?: boolean | undefined;
  /** The table that errors are about. */
  readonly table?: TableDefinition | undefined;
}
