import { exitCodeOf, retryOf, type ErrorCode } from './codes.ts';

/** What an error carries beside its code and message: data to act on and a hint for the person who reads it. */
export interface ErrorOptions {
  /** Names and sizes a program can act on. Never row values, never secrets. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** One sentence that says what to do next. */
  readonly hint?: string | undefined;
  /** The error this one wraps. */
  readonly cause?: unknown;
}

/**
 * The one error class of Rowhouse: branch on `code`, act on `details`, show `hint` to a person.
 *
 * @example
 * ```ts
 * try {
 *   await users.insert({ email });
 * } catch (error) {
 *   if (RowhouseError.has(error, 'UNIQUE_VIOLATION')) return await users.getBy({ email });
 *   throw error;
 * }
 * ```
 */
export class RowhouseError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RowhouseError';
    this.code = code;
    this.details = options.details ?? {};
    this.hint = options.hint;
  }

  /** True when running the same transaction again from its start can succeed. */
  get retryable(): boolean {
    return retryOf(this.code) !== 'never';
  }

  /** The exit code of the command line for this error: one number, one meaning. */
  get exitCode(): number {
    return exitCodeOf(this.code);
  }

  /** Is `error` a RowhouseError with this code? */
  static has(error: unknown, code: ErrorCode): error is RowhouseError {
    return error instanceof RowhouseError && error.code === code;
  }

  toJSON(): Record<string, unknown> {
    const { code, message, details, hint } = this;
    return { code, message, details, ...(hint === undefined ? {} : { hint }) };
  }
}
