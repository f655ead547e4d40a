import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { DiagnosticSource, PoolMessage, QueryMessage } from './diagnostics.ts';
import type { Logger } from './logger.ts';

/** Writes every statement of one database to the log, without its values. Gives back what stops it. */
export function echoQueries(source: DiagnosticSource, logger: Logger): () => void {
  return listen('rowhouse:query', (message) => {
    const { source: from, sql, tookMs, failed } = message as QueryMessage;
    if (from.id !== source.id) return;
    logger.info({ sql, tookMs, ...(failed === undefined ? {} : { failed }) }, 'statement');
  });
}

/** Writes what the pools of one database do to the log. Gives back what stops it. */
export function echoPool(source: DiagnosticSource, logger: Logger): () => void {
  return listen('rowhouse:pool', (message) => {
    const { source: from, event } = message as PoolMessage;
    if (from.id === source.id) logger.info({ ...event }, `pool: ${event.kind}`);
  });
}

/** A logger for who has none: one line of JSON each on standard error. */
export const stderrLogger: Logger = {
  debug: writeLine,
  info: writeLine,
  warn: writeLine,
  error: writeLine,
};

function writeLine(fields: object, message: string): void {
  process.stderr.write(`${JSON.stringify({ message, ...fields })}\n`);
}

function listen(name: string, listener: (message: unknown) => void): () => void {
  subscribe(name, listener);
  return () => {
    unsubscribe(name, listener);
  };
}
