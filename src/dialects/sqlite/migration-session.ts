import type { StatementClass } from '../../dialect/definition.ts';
import type { MigrationSession } from '../../dialect/migration-session.ts';

/** Who waits here keeps nobody else waiting, but blocks this process: so it gives up soon too, and tries again. */
export const sqliteMigrationSession: MigrationSession = {
  bound(_statementClass: StatementClass, lockTimeoutMs: number): readonly string[] {
    return [`pragma busy_timeout = ${Math.ceil(lockTimeoutMs)}`];
  },
  // Nothing to undo: the connection is closed after the run.
  unbound: [],
};
