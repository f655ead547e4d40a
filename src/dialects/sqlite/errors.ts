import type { ErrorContext, ErrorTranslator } from '../../dialect/error-translator.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { cannotOpen } from './errors/cannot-open.ts';
import { constraintViolation } from './errors/constraint-violation.ts';
import { driverFailure } from './errors/driver-failure.ts';
import { statementFailure } from './errors/statement-failure.ts';

/** SQLite's errors as ours. Both drivers throw an `Error` whose `errcode` is SQLite's extended result code. */
export const sqliteErrors: ErrorTranslator = { translate };

function translate(error: unknown, context: ErrorContext): RowhouseError {
  if (error instanceof RowhouseError) return error;
  const message = error instanceof Error ? error.message : '';
  const code = resultCode(error);
  if (code === undefined) return driverFailure(error, message, context);
  if (code === ioError && context.during === 'commit') return unknownOutcome(error);
  const primary = code & 0xff;
  if (primary === 1) return statementFailure(error, message);
  if (primary === 19) return constraintViolation(error, code, message);
  const [name, words, hint] = (extended[code] ?? primaries[primary])?.(context) ?? unknown(code);
  return new RowhouseError(name, words, { details: { resultCode: code }, hint, cause: error });
}

type Meaning = readonly [code: ErrorCode, message: string, hint?: string];

const ioError = 10;

const extended: Readonly<Record<number, (context: ErrorContext) => Meaning>> = {
  517: () => ['SERIALIZATION_FAILURE', 'another transaction wrote after this one began to read'],
  776: () => ['READ_ONLY', 'the database file is read-only until its journal is rolled back'],
};

const primaries: Readonly<Record<number, (context: ErrorContext) => Meaning>> = {
  3: ({ where }) => ['PERMISSION_DENIED', `no permission on the database file${at(where)}`],
  4: () => ['CANCELLED', 'the statement was stopped'],
  5: () => [
    'LOCK_TIMEOUT',
    'another connection holds the database',
    'keep write transactions short, or raise busy_timeout',
  ],
  6: () => ['LOCK_TIMEOUT', 'another statement of this process holds the table', 'read to the end before you write'],
  8: () => ['READ_ONLY', 'the database is read-only', 'check the mode, the file and its directory'],
  9: () => ['CANCELLED', 'the statement was stopped'],
  10: ({ where }) => [
    'STATEMENT_FAILED',
    `the database file${at(where)} cannot be read or written`,
    'look at the disk',
  ],
  11: ({ where }) => ['DATABASE_CORRUPT', `the database file${at(where)} is damaged`, 'restore it from a backup'],
  13: () => ['DISK_FULL', 'there is no space left for the database', 'free some space and try again'],
  14: ({ where }) => cannotOpen(where),
  18: () => ['VALUE_INVALID', 'a value or the statement is longer than sqlite allows'],
  20: () => ['VALUE_INVALID', 'a value does not have the type that its column demands'],
  23: () => ['PERMISSION_DENIED', 'the statement is not allowed on this connection'],
  26: ({ where }) => ['DATABASE_CORRUPT', `the file${at(where)} is not a sqlite database`, 'check the path'],
};

/** The codes above 255 carry detail; of an input or output error it is of no use to anyone. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return (error.errcode & 0xff) === ioError ? ioError : error.errcode;
}

function unknown(code: number): Meaning {
  return ['STATEMENT_FAILED', `sqlite failed with result code ${code}`];
}

function unknownOutcome(cause: unknown): RowhouseError {
  return new RowhouseError('COMMIT_OUTCOME_UNKNOWN', 'the disk failed during the commit', {
    hint: 'look whether the change is there before you make it again',
    cause,
  });
}

function at(where: string | undefined): string {
  return where === undefined ? '' : ` ${where}`;
}
