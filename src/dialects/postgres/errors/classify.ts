import type { ErrorContext } from '../../../dialect/error-translator.ts';
import type { ErrorCode } from '../../../errors/codes.ts';
import type { ErrorFields } from './fields.ts';

/** The codes that an error of this engine can become. */
export type PostgresErrorCode = Extract<
  ErrorCode,
  | 'CONNECTION_FAILED'
  | 'CONNECTION_LOST'
  | 'COMMIT_OUTCOME_UNKNOWN'
  | 'AUTHENTICATION_FAILED'
  | 'DATABASE_NOT_FOUND'
  | 'DATABASE_CORRUPT'
  | 'TLS_FAILED'
  | 'SERVER_UNAVAILABLE'
  | 'TOO_MANY_CONNECTIONS'
  | 'SERIALIZATION_FAILURE'
  | 'DEADLOCK'
  | 'LOCK_TIMEOUT'
  | 'STATEMENT_TIMEOUT'
  | 'TRANSACTION_TIMEOUT'
  | 'CANCELLED'
  | 'TRANSACTION_FAILED'
  | 'READ_ONLY'
  | 'DISK_FULL'
  | 'STATEMENT_FAILED'
  | 'PERMISSION_DENIED'
  | 'OBJECT_MISSING'
  | 'OBJECT_EXISTS'
  | 'UNIQUE_VIOLATION'
  | 'FOREIGN_KEY_VIOLATION'
  | 'NOT_NULL_VIOLATION'
  | 'CHECK_VIOLATION'
  | 'VALUE_INVALID'
>;

/** Our code for SQLSTATE, a socket's code or a TLS code. */
export function classify(fields: ErrorFields, { during }: ErrorContext): PostgresErrorCode {
  const code = codeOf(fields, during === 'connect');
  return code === 'CONNECTION_LOST' && during === 'commit' ? 'COMMIT_OUTCOME_UNKNOWN' : code;
}

export function hintOf(code: PostgresErrorCode): string | undefined {
  return hints[code];
}

function codeOf({ code, message, schema }: ErrorFields, isConnecting: boolean): PostgresErrorCode {
  const lost = isConnecting ? 'CONNECTION_FAILED' : 'CONNECTION_LOST';
  // SQLSTATE knows one number for both; the text is English unless the server was told otherwise
  if (code === '57014') return message.includes('statement timeout') ? 'STATEMENT_TIMEOUT' : 'CANCELLED';
  // Two who make an object of one name at once meet in an index of the catalog.
  if (code === '23505' && schema === 'pg_catalog') return 'OBJECT_EXISTS';
  if (code !== undefined && sqlState.test(code)) {
    return bySqlState[code] ?? byClass[code.slice(0, 2)] ?? (lostStates.has(code) ? lost : 'STATEMENT_FAILED');
  }
  if (isTls(code, message)) return 'TLS_FAILED';
  if (isConnecting) return 'CONNECTION_FAILED';
  return (code !== undefined && socketCodes.has(code)) || lostMessage.test(message) ? lost : 'STATEMENT_FAILED';
}

const sqlState = /^[0-9A-Z]{5}$/;

const bySqlState: Readonly<Record<string, PostgresErrorCode>> = {
  '08007': 'COMMIT_OUTCOME_UNKNOWN',
  '23001': 'FOREIGN_KEY_VIOLATION',
  '23502': 'NOT_NULL_VIOLATION',
  '23503': 'FOREIGN_KEY_VIOLATION',
  '23505': 'UNIQUE_VIOLATION',
  '23514': 'CHECK_VIOLATION',
  '23P01': 'UNIQUE_VIOLATION', // an exclusion constraint: the same kind of conflict with a row that is there
  '25006': 'READ_ONLY',
  '25P02': 'TRANSACTION_FAILED',
  '25P04': 'TRANSACTION_TIMEOUT',
  '3D000': 'DATABASE_NOT_FOUND',
  '3F000': 'OBJECT_MISSING',
  '40001': 'SERIALIZATION_FAILURE',
  '40003': 'COMMIT_OUTCOME_UNKNOWN',
  '40P01': 'DEADLOCK',
  '42501': 'PERMISSION_DENIED',
  '42703': 'OBJECT_MISSING',
  '42704': 'OBJECT_MISSING',
  '42883': 'OBJECT_MISSING',
  '42P01': 'OBJECT_MISSING',
  '42701': 'OBJECT_EXISTS',
  '42710': 'OBJECT_EXISTS',
  '42723': 'OBJECT_EXISTS',
  '42P04': 'OBJECT_EXISTS',
  '42P06': 'OBJECT_EXISTS',
  '42P07': 'OBJECT_EXISTS',
  '53100': 'DISK_FULL',
  '53200': 'SERVER_UNAVAILABLE',
  '53300': 'TOO_MANY_CONNECTIONS',
  '55P03': 'LOCK_TIMEOUT',
  '57P03': 'SERVER_UNAVAILABLE',
  XX001: 'DATABASE_CORRUPT',
  XX002: 'DATABASE_CORRUPT',
};

const byClass: Readonly<Record<string, PostgresErrorCode>> = { '22': 'VALUE_INVALID', '28': 'AUTHENTICATION_FAILED' };

/** The server closes the line with these: shutdown, crash, database dropped, idle too long. */
const lostStates: ReadonlySet<string> = new Set([
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '08P01',
  '25P03',
  '57P01',
  '57P02',
  '57P04',
  '57P05',
]);

const socketCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_SOCKET_CLOSED',
]);

/** The words of `pg` for a line that is gone. */
const lostMessage = /connection terminated|not queryable|connection error|connection ended|socket (?:hang up|closed)/i;

function isTls(code: string | undefined, message: string): boolean {
  if (
    code !== undefined &&
    /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/.test(code)
  )
    return true;
  return message === 'The server does not support SSL connections';
}

const hints: Readonly<Partial<Record<PostgresErrorCode, string>>> = {
  CONNECTION_FAILED: 'check host and port, and that the server runs and listens there',
  AUTHENTICATION_FAILED: 'check user and password, and that pg_hba.conf lets this user in from here',
  DATABASE_NOT_FOUND: 'create the database, or correct its name',
  TLS_FAILED: 'check sslmode and sslrootcert, and the name in the certificate of the server',
  TOO_MANY_CONNECTIONS: 'use smaller pools, or raise max_connections',
  COMMIT_OUTCOME_UNKNOWN: 'look whether the change is there before doing it again',
  DISK_FULL: 'free space on the server, or give it more',
  TRANSACTION_FAILED: 'roll back, and look at the first error of the transaction',
  STATEMENT_TIMEOUT: 'give the statement more time, or an index',
};
