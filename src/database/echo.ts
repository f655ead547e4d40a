import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { callSite } from '../driver/pool/call-site.ts';
import type { DiagnosticSource, PoolMessage, QueryMessage } from './diagnostics.ts';
import type { Logger } from './logger.ts';
import { withoutConstants } from './statement-text.ts';

/** Writes every statement of one database to the log, without its values. Gives back what stops it. */
export function echoQueries(source: DiagnosticSource, logger: Logger): () => void {
  return listen('rowhouse:query', (message) => {
    const { source: from, sql, tookMs, failed } = message as QueryMessage;
    if (from.id !== source.id) return;
    logger.info({ sql: textOf(source, sql), tookMs, ...(failed === undefined ? {} : { failed }) }, 'statement');
  });
}

/** Writes statements that take longer to the log, each with the line that asked for it. Gives back what stops it. */
export function echoSlow(source: DiagnosticSource, logger: Logger, longerThanMs: number): () => void {
  return listen('rowhouse:query', (message) => {
    const { source: from, sql, tookMs, failed } = message as QueryMessage;
    if (from.id !== source.id || tookMs < longerThanMs) return;
    // The message comes while those who await the statement are still to be found on the stack.
    const caller = callSite(captureCallers());
    logger.warn(
      { sql: textOf(source, sql), tookMs, caller, ...(failed === undefined ? {} : { failed }) },
      'slow statement',
    );
  });
}

function textOf({ quote }: DiagnosticSource, sql: string): string {
  return withoutConstants(sql, quote);
}

/** Deep enough for a repository inside a service inside a route. */
const callers = 50;

function captureCallers(): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = callers;
  const captured = new Error('callers');
  Error.stackTraceLimit = limit;
  return captured;
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
