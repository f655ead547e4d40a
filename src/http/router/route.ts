import type { Session } from '../../database/session.ts';
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
  /** The body as JSON; undefined when there is none. */
  json(): Promise<unknown>;
  /** For reads: statements run on any free connection. */
  session(): Promise<Session>;
  /** For writes: runs `work` in one transaction and comes back once it is committed. */
  transaction: Session['transaction'];
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
  /** The table that errors are about. */
  readonly table?: TableDefinition | undefined;
}
