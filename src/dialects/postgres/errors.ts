import type { ErrorContext, ErrorTranslator } from '../../dialect/error-translator.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { classify, hintOf } from './errors/classify.ts';
import { fieldsOf, objectOf, type ErrorFields } from './errors/fields.ts';

/** What `pg` throws as ours. The server's detail stays in `cause`: it holds row values. */
export const postgresErrors: ErrorTranslator = {
  translate(error: unknown, context: ErrorContext): RowhouseError {
    if (error instanceof RowhouseError) return error;
    const fields = fieldsOf(error);
    const code = classify(fields, context);
    return new RowhouseError(code, messageOf(code, fields, context), {
      details: {
        ...objectOf(fields),
        ...(fields.code === undefined ? {} : { native: fields.code }),
        ...(fields.position === undefined ? {} : { position: Number(fields.position) }),
        ...(context.where === undefined ? {} : { where: context.where }),
      },
      hint: hintOf(code),
      cause: error,
    });
  },
};

function messageOf(code: ReturnType<typeof classify>, fields: ErrorFields, context: ErrorContext): string {
  const at = context.where === undefined ? '' : ` at ${context.where}`;
  const native = fields.code === undefined ? '' : ` (${fields.code})`;
  const { table = '?', constraint = '?', column } = fields;
  switch (code) {
    case 'UNIQUE_VIOLATION':
      return `a row with this key is there already: constraint ${constraint} of table ${table}`;
    case 'FOREIGN_KEY_VIOLATION':
      return `foreign key ${constraint} of table ${table} is violated`;
    case 'NOT_NULL_VIOLATION':
      return `column ${column ?? '?'} of table ${table} must not be null`;
    case 'CHECK_VIOLATION':
      return `check ${constraint} of table ${table} is violated`;
    case 'VALUE_INVALID':
      return `the server refused a value${native}`;
    case 'CONNECTION_FAILED':
      return `cannot connect to the server${at}${native}`;
    case 'CONNECTION_LOST':
      return `the connection to the server was lost${native}`;
    case 'COMMIT_OUTCOME_UNKNOWN':
      return 'the connection was lost during commit: it is not known whether the transaction took place';
    case 'AUTHENTICATION_FAILED':
      return `the server refused the user or the password${at}`;
    case 'DATABASE_NOT_FOUND':
      return `there is no such database${at}`;
    case 'TLS_FAILED':
      return `no trusted TLS connection could be made${at}${native}`;
    case 'SERVER_UNAVAILABLE':
      return `the server does not take work at the moment${at}${native}`;
    case 'TOO_MANY_CONNECTIONS':
      return `the server has no connection left${at}`;
    case 'SERIALIZATION_FAILURE':
      return 'the transaction collided with another one';
    case 'DEADLOCK':
      return 'the transaction and another one waited for each other';
    case 'LOCK_TIMEOUT':
      return 'a lock was not free in time';
    case 'STATEMENT_TIMEOUT':
      return 'the statement ran longer than it may';
    case 'TRANSACTION_TIMEOUT':
      return 'the transaction ran longer than it may';
    case 'CANCELLED':
      return 'the statement was cancelled';
    case 'TRANSACTION_FAILED':
      return `the transaction has failed already and takes no more statements${native}`;
    case 'READ_ONLY':
      return 'the server or the transaction is read-only';
    case 'DISK_FULL':
      return 'the disk of the server is full';
    case 'DATABASE_CORRUPT':
      return `the server found damaged data${native}`;
    case 'PERMISSION_DENIED':
    case 'OBJECT_MISSING':
    case 'OBJECT_EXISTS':
      return `${uncapitalized(fields.message)}${native}`;
    case 'STATEMENT_FAILED':
      return fields.namesOnly
        ? `${uncapitalized(fields.message)}${native}`
        : `the server refused the statement${native}`;
  }
}

function uncapitalized(message: string): string {
  return message.replace(/\.$/, '');
}
