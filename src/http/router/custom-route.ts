import type { Session } from '../../database/session.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { Repository } from '../../repository/repository.ts';
import type { TableOf } from '../../schema/table/table.ts';
import type { Operation } from '../openapi/operation.ts';
import { noContent, type Answer } from '../reply.ts';
import { plainJson } from '../request/json-response.ts';
import type { Method, Route } from './route.ts';

/** What a handler of one's own works with. */
export interface HandlerContext {
  /** The session of this request: a transaction unless the method is GET. */
  readonly session: Session;
  /** The rows of a table in this session. */
  readonly repository: <Row, Insert, Patch>(table: TableOf<Row, Insert, Patch>) => Repository<Row, Insert, Patch>;
  readonly request: Request;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body as JSON, read before the transaction begins; undefined when there is none. */
  readonly body: unknown;
}

/**
 * A route of one's own beside the resources. Its statements take place together or not at all, and the response is sent
 * after the commit. What the handler returns is the body: JSON, a `Response`, or nothing. A serialization failure runs
 * the handler again.
 *
 * @example
 * ```ts
 * const transfer = route('POST', '/transfer', async ({ session, body }) => {
 *   const { from, to, amount } = parseTransfer(body);
 *   await session.execute(sql`update account set balance = balance - ${amount} where id = ${from}`);
 *   await session.execute(sql`update account set balance = balance + ${amount} where id = ${to}`);
 * });
 * ```
 */
export function route(
  method: Method,
  path: string,
  handle: (context: HandlerContext) => Promise<unknown>,
  operation?: Operation,
): Route {
  return {
    method,
    path,
    operation,
    async handle(exchange) {
      const { parameters, query, repository: options } = exchange;
      const body = method === 'GET' ? undefined : await exchange.json();
      const answer = async (session: Session): Promise<Answer> => {
        const repository: HandlerContext['repository'] = (table) => createRepository(table, session, options);
        const context = { session, repository, parameters, query, body };
        return toAnswer(
          await handle({
            ...context,
            get request() {
              return exchange.request;
            },
          }),
        );
      };
      return method === 'GET' ? await answer(await exchange.session()) : await exchange.write(answer);
    },
  };
}

function toAnswer(result: unknown): Answer {
  if (result instanceof Response) return new Response(result.body, result); // a redirect's headers could not be added to
  return result === undefined ? noContent() : plainJson(200, result);
}
