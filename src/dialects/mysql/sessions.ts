import type { IsolationLevel, SessionStatements, TransactionMode } from '../../dialect/session-statements.ts';
import type { ServerFacts } from '../../dialect/dialect.ts';
import { isGalera } from './facts.ts';
import type { Flavor } from './flavor.ts';

/**
 * How transactions begin and end. The server cannot say what became of a transaction whose commit was not answered, so
 * there is no `commitOutcome`.
 */
export function mysqlSessions(facts: ServerFacts, flavor: Flavor): SessionStatements {
  const { variable, unitsPerMs } = flavor.statementTimeout;
  return {
    beginsUnseen: true,
    begin(mode: TransactionMode): readonly string[] {
      const { isolation, readOnly = false, statementTimeoutMs } = mode;
      return [
        ...(statementTimeoutMs === undefined ? [] : [`set session ${variable} = ${statementTimeoutMs * unitsPerMs}`]),
        // Without `session` the level counts for the next transaction alone, so there is nothing to undo.
        ...(isolation === undefined ? [] : [`set transaction isolation level ${levelText(isolation)}`]),
        readOnly ? 'start transaction read only' : 'start transaction',
      ];
    },
    bulkLoad: [
      'set session foreign_key_checks = 0',
      `set session sql_mode = concat(@@session.sql_mode, ',NO_AUTO_VALUE_ON_ZERO')`,
    ],
    // Without it one of five reads on one node missed what another had committed just before; it costs 0.04 ms a read.
    ...(isGalera(facts) ? { readLatest: ['set session wsrep_sync_wait = 1'] } : {}),
    afterEnd(mode: TransactionMode): readonly string[] {
      return mode.statementTimeoutMs === undefined ? [] : [`set session ${variable} = default`];
    },
  };
}

function levelText(isolation: IsolationLevel): string {
  switch (isolation) {
    case 'read-committed':
      return 'read committed';
    case 'repeatable-read':
      return 'repeatable read';
    case 'serializable':
      return 'serializable';
  }
}
