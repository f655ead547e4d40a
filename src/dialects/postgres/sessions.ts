import type { SessionStatements, TransactionMode } from '../../dialect/session-statements.ts';

/** How PostgreSQL begins and bounds a transaction. Everything is local to it, so nothing is undone afterwards. */
export const postgresSessions: SessionStatements = {
  begin(mode: TransactionMode): readonly string[] {
    return mode.statementTimeoutMs === undefined
      ? [beginText(mode)]
      : [beginText(mode), timeoutText(mode.statementTimeoutMs)];
  },
  afterEnd(): readonly string[] {
    return [];
  },
  commitOutcome: {
    number: 'select pg_current_xact_id_if_assigned()::text',
    status: 'select pg_xact_status($1::text::xid8)',
  },
};

function beginText({ isolation, readOnly }: TransactionMode): string {
  const level = isolation === undefined ? '' : ` isolation level ${isolation.replaceAll('-', ' ')}`;
  const access = readOnly === undefined ? '' : readOnly ? ' read only' : ' read write';
  return `begin${level}${access}`;
}

/** A number in the text: `set` takes no parameter. At least 1 ms, because 0 means no limit. */
function timeoutText(milliseconds: number): string {
  return `set local statement_timeout = ${Math.max(1, Math.ceil(milliseconds))}`;
}
