import { boundedSession } from '../database/bounded-session.ts';
import type { Database } from '../database/database.ts';
import type { Bounds } from '../database/interruption.ts';
import type { RoutedSession } from '../database/replica/routed-session.ts';
import type { Session } from '../database/session.ts';
import type { Transaction, TransactionOptions } from '../database/transaction.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { RepositoryOptions } from '../repository/create-repository.ts';
import type { ApiOptions } from './create-api.ts';
import type { IdempotencyTable } from './idempotency/idempotency-table.ts';
import { readIdempotencyKey, requestIdentity } from './idempotency/request-identity.ts';
import { sweepExpired } from './idempotency/sweep-expired.ts';
import { writeOnce } from './idempotency/write-once.ts';
import { setHeader, type Answer } from './reply.ts';
import type { HeaderReader, Incoming } from './request/incoming.ts';
import { parseJson } from './request/read-json.ts';
import type { Exchange, Route } from './router/route.ts';
import type { Match } from './router/router.ts';
import type { TellError } from './tell-error.ts';

interface Call {
  readonly database: Session;
  readonly options: ApiOptions;
  readonly incoming: Incoming;
  readonly requestId: string;
  readonly tell: TellError;
}

/** A request as its route sees it. */
export function exchangeOf(call: Call, found: Match): Exchange {
  return new RequestExchange(call, found);
}

class RequestExchange implements Exchange {
  readonly requestId: string;
  readonly parameters: Exchange['parameters'];
  readonly #call: Call;
  readonly #route: Route;
  #url: URL | undefined;
  #query: URLSearchParams | undefined;
  #session: Promise<Session> | undefined;
  #bytes: Promise<Uint8Array> | undefined;

  constructor(call: Call, { route, parameters }: Match) {
    this.requestId = call.requestId;
    this.parameters = parameters;
    this.#call = call;
    this.#route = route;
  }

  get request(): Request {
    return this.#call.incoming.request;
  }

  get url(): URL {
    return (this.#url ??= new URL(this.#call.incoming.lightRequest.url));
  }

  get headers(): HeaderReader {
    return this.#call.incoming.headers;
  }

  get path(): string {
    return this.#call.incoming.path;
  }

  get query(): URLSearchParams {
    return (this.#query ??= new URLSearchParams(this.#call.incoming.search));
  }

  get repository(): RepositoryOptions {
    const { cursorSecret } = this.#call.options;
    return { cursorSecret };
  }

  session(): Promise<Session> {
    return (this.#session ??= this.#open());
  }

  async json(types?: ReadonlySet<string>): Promise<unknown> {
    return parseJson(await this.#body(), this, types);
  }

  async write(work: (transaction: Transaction) => Promise<Answer>, more?: TransactionOptions): Promise<Answer> {
    const { incoming, options } = this.#call;
    const opened = await this.session();
    const transaction = { ...boundsOf(opened, this.#call), ...more };
    const key = this.#idempotencyKey();
    if (key === undefined || options.idempotency === undefined)
      return await tokened(opened, await opened.transaction(work, transaction));
    const identity = requestIdentity({
      key,
      principal: await options.idempotency.principal(incoming.lightRequest),
      tenant: opened.tenant === undefined ? '' : String(opened.tenant.value),
      route: `${this.#route.method} ${this.#route.path}`,
      request: incoming,
      body: await this.#body(),
    });
    const answer = await writeOnce(opened, identity, options.idempotency, work, transaction);
    await this.#sweep(opened, options.idempotency.table, identity.id);
    return await tokened(opened, answer);
  }

  async writeOne(work: (session: Session) => Promise<Answer>): Promise<Answer> {
    const opened = await this.session();
    const isAlone = this.#idempotencyKey() === undefined && !opened.inTransaction && opened.ambient === undefined;
    if (!isAlone) return await this.write(work);
    try {
      const answer = await work(boundedSession(opened, boundsOf(opened, this.#call)));
      return 'hasWritten' in opened ? await tokened(opened, answer) : answer;
    } catch (error) {
      throw RowhouseError.has(error, 'CONNECTION_LOST') ? unknownOutcome(error) : error;
    }
  }

  async #open(): Promise<Session> {
    const { database, options, incoming } = this.#call;
    const given = options.scope === undefined ? database : options.scope(incoming.lightRequest);
    const opened = 'then' in given ? await given : given;
    return options.replicas === true ? routed(opened, incoming) : opened;
  }

  #body(): Promise<Uint8Array> {
    const { incoming, options } = this.#call;
    return (this.#bytes ??= incoming.bytes(options.bodyLimitBytes ?? 1024 * 1024));
  }

  /** The write stands, whatever becomes of the sweep: its error is told, and the next one takes what is left. */
  async #sweep(session: Session, table: IdempotencyTable, id: string): Promise<void> {
    try {
      await sweepExpired(session, table, id);
    } catch (error) {
      const { incoming, tell, requestId } = this.#call;
      tell(error, { requestId, method: incoming.method, path: incoming.path });
    }
  }

  /** The key that this write is kept under, where the API keeps them. */
  #idempotencyKey(): string | undefined {
    const key = readIdempotencyKey(this.headers);
    if (key === undefined && this.#route.requiresIdempotencyKey === true)
      throw new RowhouseError('IDEMPOTENCY_KEY_MISSING', 'this request needs an Idempotency-Key');
    return this.#call.options.idempotency === undefined ? undefined : key;
  }
}

/** No statement of a write may run longer, nor when the client has gone. */
function boundsOf({ dialect }: Session, { options, incoming }: Call): Bounds {
  const timeoutMs = options.timeoutMs ?? (dialect.traits.statementTimeout ? 30_000 : undefined);
  return { timeoutMs, signal: incoming.signal };
}

/** A line that is lost with the answer of a single statement says nothing of what became of it. */
function unknownOutcome(cause: RowhouseError): RowhouseError {
  return new RowhouseError('COMMIT_OUTCOME_UNKNOWN', 'the line was lost before the write was answered', {
    cause,
    hint: 'send an Idempotency-Key with writes that are to be repeated',
  });
}

const tokenHeader = 'consistency-token';

/** Reads of a request go to replicas that have the write behind its token. */
function routed(opened: Session, { headers }: Incoming): Session {
  if (!('session' in opened)) return opened;
  return (opened as Pick<Database, 'session'>).session({ after: headers.get(tokenHeader) ?? undefined });
}

/** The answer to a write with the token of what it committed. */
async function tokened(opened: Session, answer: Answer): Promise<Answer> {
  if ('hasWritten' in opened) setHeader(answer, tokenHeader, await (opened as RoutedSession).token());
  return answer;
}
