import type { RowhouseError } from '../errors/rowhouse-error.ts';

/** What was going on when the client library threw. */
export interface ErrorContext {
  readonly during: 'connect' | 'statement' | 'commit';
  /** `host:port/database`, without user and password. */
  readonly where?: string | undefined;
}

/** Turns a client library's error into ours, once. SQL text and row values stay out of the message. */
export interface ErrorTranslator {
  translate(error: unknown, context: ErrorContext): RowhouseError;
}
