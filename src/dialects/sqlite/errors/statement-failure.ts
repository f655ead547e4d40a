import { RowhouseError } from '../../../errors/rowhouse-error.ts';

const missing =
  /no such (table|view|index|column|trigger|function|collation sequence|savepoint|module): (.+?)(?: - should this be .*)?$/s;
const existing =
  /(?:table|view|index|trigger) (?:"(?:[^"]|"")*"|[^ ]+) already exists$|there is already (?:a|an) (?:table|index|view) named |duplicate column name: /s;

/**
 * A statement that SQLite does not take. Its message may quote a piece of the SQL, so only the forms that name an object
 * are passed on; the rest is in the cause.
 */
export function statementFailure(cause: unknown, message: string): RowhouseError {
  const match = missing.exec(message);
  if (match !== null) {
    const [, kind = '', name = ''] = match;
    const object = name.replace(/^main\./, '');
    return new RowhouseError('OBJECT_MISSING', `there is no ${kind} ${object}`, { details: { kind, object }, cause });
  }
  if (existing.test(message)) return new RowhouseError('OBJECT_EXISTS', message, { cause });
  return new RowhouseError('STATEMENT_FAILED', 'sqlite does not take the statement', {
    hint: 'the cause has sqlite’s own words',
    cause,
  });
}
