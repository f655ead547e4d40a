/** How a failed statement may be tried again: the whole transaction, after waiting for the server, or not at all. */
export type Retry = 'never' | 'transaction' | 'connect';

/** Exit codes of the command line: one number, one meaning. */
export const ExitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  difference: 3,
  refused: 4,
  unavailable: 5,
  /** By Ctrl-C or SIGTERM; what shells give for Ctrl-C. */
  stopped: 130,
} as const;

/**
 * Every error code with the facts that do not depend on who raises it: `[HTTP status, exit code, retry]`.
 * A code is stable API: one may be added, none is renamed.
 */
export const codes = {
  // configuration and project
  CONFIG_INVALID: [500, 2, 'never'],
  CONFIG_MISSING: [500, 2, 'never'],
  CONFIG_CONFLICT: [500, 2, 'never'],
  PROJECT_INVALID: [500, 2, 'never'],
  USAGE: [400, 2, 'never'],
  FILE_FAILED: [500, 1, 'never'],
  LISTEN_FAILED: [500, 1, 'never'],
  CAPABILITY_MISSING: [500, 4, 'never'],
  DRIVER_MISSING: [500, 5, 'never'],
  ENGINE_UNKNOWN: [500, 2, 'never'],
  // connection
  CONNECTION_FAILED: [503, 5, 'connect'],
  CONNECTION_LOST: [503, 5, 'connect'],
  AUTHENTICATION_FAILED: [503, 5, 'never'],
  DATABASE_NOT_FOUND: [503, 5, 'never'],
  DATABASE_CORRUPT: [503, 5, 'never'],
  TLS_FAILED: [503, 5, 'never'],
  SERVER_UNAVAILABLE: [503, 5, 'connect'],
  TOO_MANY_CONNECTIONS: [503, 5, 'connect'],
  POOL_EXHAUSTED: [503, 5, 'never'],
  POOL_CLOSED: [503, 5, 'never'],
  UNHEALTHY: [503, 5, 'never'],
  // statements and transactions
  SERIALIZATION_FAILURE: [503, 1, 'transaction'],
  DEADLOCK: [503, 1, 'transaction'],
  LOCK_TIMEOUT: [503, 1, 'transaction'],
  STATEMENT_TIMEOUT: [504, 1, 'never'],
  CANCELLED: [499, 1, 'never'],
  COMMIT_OUTCOME_UNKNOWN: [503, 1, 'never'],
  TRANSACTION_CLOSED: [500, 1, 'never'],
  TRANSACTION_FAILED: [500, 1, 'never'],
  TRANSACTION_TIMEOUT: [504, 1, 'never'],
  TRANSACTION_REQUIRED: [500, 1, 'never'],
  CONNECTION_BUSY: [500, 1, 'never'],
  READ_ONLY: [500, 1, 'never'],
  DISK_FULL: [507, 1, 'never'],
  STATEMENT_FAILED: [500, 1, 'never'],
  PERMISSION_DENIED: [500, 1, 'never'],
  OBJECT_MISSING: [500, 1, 'never'],
  OBJECT_EXISTS: [500, 1, 'never'],
  // data
  UNIQUE_VIOLATION: [409, 1, 'never'],
  FOREIGN_KEY_VIOLATION: [409, 1, 'never'],
  NOT_NULL_VIOLATION: [422, 1, 'never'],
  CHECK_VIOLATION: [422, 1, 'never'],
  VALUE_INVALID: [422, 1, 'never'],
  ROW_NOT_FOUND: [404, 1, 'never'],
  TENANT_MISSING: [403, 4, 'never'],
  TENANT_MISMATCH: [403, 4, 'never'],
  TENANT_UNFENCED: [500, 4, 'never'],
  ROW_LOCKED: [409, 1, 'never'],
  ROW_COUNT_UNEXPECTED: [409, 1, 'never'],
  VERSION_CONFLICT: [412, 1, 'never'],
  // repository and REST input
  FIELD_UNKNOWN: [400, 2, 'never'],
  OPERATOR_UNKNOWN: [400, 2, 'never'],
  FILTER_INVALID: [400, 2, 'never'],
  ORDER_INVALID: [400, 2, 'never'],
  CURSOR_INVALID: [400, 2, 'never'],
  TOKEN_INVALID: [400, 2, 'never'],
  PREDICATE_REQUIRED: [400, 2, 'never'],
  FIELD_IMMUTABLE: [422, 2, 'never'],
  REQUEST_INVALID: [400, 2, 'never'],
  ROUTE_NOT_FOUND: [404, 1, 'never'],
  METHOD_NOT_ALLOWED: [405, 1, 'never'],
  PRECONDITION_FAILED: [412, 1, 'never'],
  PRECONDITION_REQUIRED: [428, 1, 'never'],
  IDEMPOTENCY_KEY_MISSING: [400, 1, 'never'],
  IDEMPOTENCY_KEY_REUSED: [422, 1, 'never'],
  REQUEST_IN_FLIGHT: [409, 1, 'never'],
  RATE_LIMITED: [429, 1, 'never'],
  MEDIA_TYPE_UNSUPPORTED: [415, 1, 'never'],
  BODY_TOO_LARGE: [413, 1, 'never'],
  // schema and migrations
  SCHEMA_INVALID: [500, 4, 'never'],
  CHANGE_UNSUPPORTED: [500, 4, 'never'],
  PLAN_REFUSED: [500, 4, 'never'],
  ROWS_IN_THE_WAY: [500, 4, 'never'],
  LINT_FAILED: [500, 4, 'never'],
  RENAME_UNCLEAR: [500, 4, 'never'],
  MERGE_CONFLICT: [500, 4, 'never'],
  PHASE_REFUSED: [500, 4, 'never'],
  BUDGET_EXCEEDED: [500, 4, 'never'],
  PROOF_FAILED: [500, 1, 'never'],
  SCRATCH_FAILED: [500, 5, 'never'],
  CHANGE_INVALID: [500, 4, 'never'],
  REVISION_INVALID: [500, 4, 'never'],
  REVISION_NOT_FOUND: [500, 2, 'never'],
  REVISION_CHECKSUM_MISMATCH: [500, 4, 'never'],
  REVISION_IRREVERSIBLE: [500, 4, 'never'],
  HEADS_MULTIPLE: [500, 4, 'never'],
  LEDGER_AHEAD: [500, 4, 'never'],
  LEDGER_FOREIGN: [500, 4, 'never'],
  LEDGER_INVALID: [500, 4, 'never'],
  LOCK_HELD: [503, 5, 'never'],
  LEASE_LOST: [503, 1, 'never'],
  DRIFT: [500, 3, 'never'],
  BACKUP_FAILED: [500, 1, 'never'],
  // seeds, copy
  SEED_INVALID: [500, 4, 'never'],
  COPY_REFUSED: [500, 4, 'never'],
  COPY_MISMATCH: [500, 3, 'never'],
  // testing
  LEAK_FOUND: [500, 1, 'never'],
  INTERNAL: [500, 1, 'never'],
} as const;

/** The code of an error: what a program branches on. */
export type ErrorCode = keyof typeof codes;

export function statusOf(code: ErrorCode): number {
  return codes[code][0];
}

export function exitCodeOf(code: ErrorCode): number {
  return codes[code][1];
}

export function retryOf(code: ErrorCode): Retry {
  return codes[code][2];
}
