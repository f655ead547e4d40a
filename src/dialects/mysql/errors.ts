import type { ErrorContext, ErrorTranslator } from '../../dialect/error-translator.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { lineCode } from './errors/line-code.ts';
import { serverCodes } from './errors/server-code.ts';
import { hints, messageOf } from './errors/message.ts';
import { reported, type Reported } from './errors/reported.ts';
import { violatedBy } from './errors/violated.ts';
import { copyPrefix } from './online/names.ts';

/** Errors of `mysql2` and of the servers, in our codes. */
export const mysqlErrors: ErrorTranslator = { translate };

function translate(error: unknown, context: ErrorContext): RowhouseError {
  if (error instanceof RowhouseError) return error;
  const found = reported(error);
  const code = codeOf(found, context);
  const violated = violatedBy(found.errno, found.message);
  return new RowhouseError(code, messageOf(code, found, violated, context), {
    details: {
      ...violated,
      ...(found.sqlState === '' ? {} : { sqlState: found.sqlState, errno: found.errno }),
      ...(context.where === undefined ? {} : { where: context.where }),
    },
    hint: hints[code],
    cause: showsValues(code) ? new Error(`${found.code}: ${code}`) : error,
  });
}

function codeOf(found: Reported, { during }: ErrorContext): ErrorCode {
  const line = lineCode(found.code, during);
  const code =
    line ?? (missedSwap(found) ? 'SERIALIZATION_FAILURE' : serverCodes.get(found.errno)) ?? classCode(found, during);
  return code === 'CONNECTION_LOST' && during === 'commit' ? 'COMMIT_OUTCOME_UNKNOWN' : code;
}

/**
 * The statement was about to write to a table in the moment in which its copy took its place: it has read the old triggers,
 * and finds no copy any more. MariaDB says so; MySQL asks for the statement to be prepared again. Nothing took place.
 */
function missedSwap({ errno, message }: Reported): boolean {
  return (errno === 1146 && message.includes(`.${copyPrefix}`)) || errno === 1615;
}

/** By the class of the SQLSTATE, for the numbers that have no entry of their own. */
function classCode({ sqlState, message }: Reported, during: ErrorContext['during']): ErrorCode {
  if (message.includes('closed state') || /^Connection lost/i.test(message)) return 'CONNECTION_LOST';
  switch (sqlState.slice(0, 2)) {
    case '08':
      return during === 'connect' ? 'CONNECTION_FAILED' : 'CONNECTION_LOST';
    case '22':
      return 'VALUE_INVALID';
    case '28':
      return 'AUTHENTICATION_FAILED';
    case '40':
      return 'SERIALIZATION_FAILURE';
  }
  return during === 'connect' ? 'CONNECTION_FAILED' : 'STATEMENT_FAILED';
}

/** The server puts values into these messages; their cause keeps the name of the error alone. */
function showsValues(code: ErrorCode): boolean {
  return code === 'UNIQUE_VIOLATION' || code === 'VALUE_INVALID';
}
