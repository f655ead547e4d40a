import type { TransactionMode } from '../dialect/session-statements.ts';
import { isLocal, type Connection } from '../driver/connection.ts';
import type { StatementWithValues } from './session.ts';
import { plainStatement, type SessionContext } from './session-context.ts';

/** What begins a transaction in this mode and for whom the session works. */
export function openingOf({ dialect, scope }: SessionContext, mode: TransactionMode): readonly StatementWithValues[] {
  const begin = control(dialect.sessions.begin(mode));
  return scope?.binding === undefined ? begin : [...begin, scope.binding];
}

/** Statements of ours without values. */
export function control(statements: readonly string[]): readonly StatementWithValues[] {
  return statements.map((sql) => [plainStatement(sql), []]);
}

/** Runs them in order. Undefined: it is done, as the engine is in this process. */
export function runControl(
  connection: Connection,
  statements: readonly StatementWithValues[],
): Promise<unknown> | undefined {
  if (isLocal(connection)) {
    for (const [statement, values] of statements) connection.runNow(statement, values);
    return undefined;
  }
  const [first] = statements;
  return first !== undefined && statements.length === 1 ? connection.run(...first) : connection.runAll(statements);
}
