import type { SessionStatements, TransactionMode } from '../../dialect/session-statements.ts';

/**
 * A server that crashed, and one that takes over from another, gives numbers of transactions that it does not know of to
 * new ones. Both begin their statistics anew, so a number is told together with the moment when these began: of another
 * era only that it was not committed can be believed.
 */
const era = 'extract(epoch from pg_stat_get_bgwriter_stat_reset_time())::text';

/** How PostgreSQL begins and bounds a transaction. Everything is local to it, so nothing is undone afterwards. */
export const postgresSessions: SessionStatements = {
  beginsUnseen: true,
  begin(mode: TransactionMode): readonly string[] {
    return mode.statementTimeoutMs === undefined
      ? [beginText(mode)]
      : [beginText(mode), timeoutText(mode.statementTimeoutMs)];
  },
  afterEnd(): readonly string[] {
    return [];
  },
  commitOutcome: {
    number: `select pg_current_xact_id_if_assigned()::text || ' ' || ${era}`,
    status: `select case
      when asked.era = ${era} then pg_xact_status(asked.number)
      when asked.number >= pg_snapshot_xmax(pg_current_snapshot()) then 'aborted'
      when pg_xact_status(asked.number) <> 'committed' then 'aborted'
    end
    from (select split_part($1::text, ' ', 1)::xid8 as number, split_part($1::text, ' ', 2) as era) asked`,
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
