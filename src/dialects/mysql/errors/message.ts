import type { ErrorContext } from '../../../dialect/error-translator.ts';
import type { ErrorCode } from '../../../errors/codes.ts';
import type { Reported } from './reported.ts';
import type { Violated } from './violated.ts';

/** The sentence for people: it names objects, never values. */
export function messageOf(
  code: ErrorCode,
  found: Reported,
  violated: Violated,
  { where = 'the server' }: ErrorContext,
): string {
  const { constraint = '', table, columns = [] } = violated;
  const of = table === undefined ? '' : ` of table ${table}`;
  const column = columns.length === 0 ? 'a column' : `column ${columns.join(', ')}`;
  const plain: Partial<Record<ErrorCode, string>> = {
    CONNECTION_FAILED: `cannot connect to ${where}${found.code === '' ? '' : ` (${found.code})`}`,
    CONNECTION_LOST: `the connection to ${where} was lost`,
    COMMIT_OUTCOME_UNKNOWN: `the connection to ${where} was lost during the commit`,
    AUTHENTICATION_FAILED: `${where} refused the user or the password`,
    DATABASE_NOT_FOUND: `there is no such database at ${where}`,
    TLS_FAILED: `no trusted TLS connection to ${where}${found.code === '' ? '' : ` (${found.code})`}`,
    TOO_MANY_CONNECTIONS: `${where} has no connection left`,
    SERVER_UNAVAILABLE: `${where} is not ready for work`,
    UNIQUE_VIOLATION: `a row with this value of unique key ${constraint}${of} is there already`,
    FOREIGN_KEY_VIOLATION: `foreign key ${constraint}${of} is violated`,
    CHECK_VIOLATION: `check ${constraint}${of} is violated`,
    NOT_NULL_VIOLATION: `${column} must have a value`,
    VALUE_INVALID: `${column} cannot hold the value`,
    DEADLOCK: 'the transaction was chosen to end a deadlock',
    SERIALIZATION_FAILURE: 'another transaction changed what this one read or wrote',
    LOCK_TIMEOUT: 'a lock was not granted in time',
    STATEMENT_TIMEOUT: 'the statement ran longer than it may',
    CANCELLED: 'the statement was cancelled',
    READ_ONLY: 'the server or the transaction takes no writes',
    DISK_FULL: 'the server has no room left for data',
  };
  return plain[code] ?? failure(found);
}

/** Messages of class 42 speak of names; the text near a syntax error may hold values, so it stays in the cause. */
function failure({ code, sqlState, errno, message }: Reported): string {
  const isAboutNames = sqlState.startsWith('42') && errno !== 1064 && errno !== 1149;
  if (!isAboutNames) return `the statement failed${code === '' ? '' : ` (${code})`}`;
  const sentence = message.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase()); // a keyword stays as it is
  return `the statement failed: ${sentence}`.replace(/\.$/, '');
}

/** What to do next, by code. */
export const hints: Partial<Record<ErrorCode, string>> = {
  CONNECTION_FAILED: 'is the server running, and are host and port right?',
  AUTHENTICATION_FAILED: 'check user and password, and that the account may connect from this host',
  DATABASE_NOT_FOUND: 'create the database, or check its name',
  TLS_FAILED: 'check the TLS mode and the certificate authority',
  COMMIT_OUTCOME_UNKNOWN: 'look whether the data is there before doing it again',
  TOO_MANY_CONNECTIONS: 'lower the size of the pools, or raise max_connections',
};
