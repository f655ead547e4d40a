import type { Connection, Result } from '../driver/connection.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { queryChannel, type DiagnosticSource, type QueryMessage } from './diagnostics.ts';

/** Which server is behind a connection, where that is not the one of its database. */
const servers = new WeakMap<Connection, DiagnosticSource>();

/** Says that the connection leads to another server of the same database, such as a replica. */
export function nameServer(connection: Connection, source: DiagnosticSource): void {
  servers.set(connection, source);
}

/** What is observed: SQL text on a connection of a database. */
export interface Observation {
  readonly source: DiagnosticSource;
  readonly connection: Connection;
  readonly sql: string;
}

/** Runs a statement and publishes how it went, when somebody listens. */
export async function observed<T>(observation: Observation, run: () => Promise<T>): Promise<T> {
  if (!queryChannel.hasSubscribers) return await run();
  const startedAt = performance.now();
  try {
    const result = await run();
    publish(observation, performance.now() - startedAt);
    return result;
  } catch (error) {
    publish(observation, performance.now() - startedAt, error);
    throw error;
  }
}

/** Passes batches of rows on and publishes how it went; the time is what was waited for the server, not for the reader. */
export async function* observedRows(
  observation: Observation,
  batches: AsyncIterable<Result['rows']>,
): AsyncIterable<Result['rows']> {
  if (!queryChannel.hasSubscribers) {
    yield* batches;
    return;
  }
  let tookMs = 0;
  let askedAt = performance.now();
  let failure: unknown;
  try {
    for await (const rows of batches) {
      tookMs += performance.now() - askedAt;
      yield rows;
      askedAt = performance.now();
    }
    tookMs += performance.now() - askedAt;
  } catch (error) {
    tookMs += performance.now() - askedAt;
    failure = error;
    throw error;
  } finally {
    publish(observation, tookMs, failure);
  }
}

function publish({ source, connection, sql }: Observation, tookMs: number, failure?: unknown): void {
  const from = servers.get(connection) ?? source;
  queryChannel.publish({
    source: from,
    sql,
    tookMs,
    ...(failure === undefined ? {} : { failed: failure instanceof RowhouseError ? failure.code : 'STATEMENT_FAILED' }),
  } satisfies QueryMessage);
}
