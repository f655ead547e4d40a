import { channel, type Channel } from 'node:diagnostics_channel';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { PoolEvent } from '../driver/pool/pool-event.ts';

/** Names one open database in diagnostics. */
export interface DiagnosticSource {
  /** Different for every open database of this process. */
  readonly id: number;
  /** `host:port/database` or the file's path. */
  readonly where: string;
}

/** Published on `rowhouse:query` after each statement. Values are never part of it. */
export interface QueryMessage {
  readonly source: DiagnosticSource;
  readonly sql: string;
  readonly tookMs: number;
  /** The code of its error, when it failed. */
  readonly failed?: string;
}

/** Published on `rowhouse:pool`. */
export interface PoolMessage {
  readonly source: DiagnosticSource;
  readonly event: PoolEvent;
}

/** Carries a `QueryMessage` after each statement. */
export const queryChannel: Channel = channel('rowhouse:query');
/** Carries a `PoolMessage` for whatever a pool does. */
export const poolChannel: Channel = channel('rowhouse:pool');

/** Runs a statement and publishes how it went, when somebody listens. */
export async function observed<T>(source: DiagnosticSource, sql: string, run: () => Promise<T>): Promise<T> {
  if (!queryChannel.hasSubscribers) return await run();
  const startedAt = performance.now();
  try {
    const result = await run();
    publish({ source, sql, tookMs: performance.now() - startedAt });
    return result;
  } catch (error) {
    const failed = error instanceof RowhouseError ? error.code : 'STATEMENT_FAILED';
    publish({ source, sql, tookMs: performance.now() - startedAt, failed });
    throw error;
  }
}

function publish(message: QueryMessage): void {
  queryChannel.publish(message);
}
