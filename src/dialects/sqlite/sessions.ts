import type { SessionStatements, TransactionMode } from '../../dialect/session-statements.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { danglingReferences } from './rebuild/dangling-references.ts';
import { scriptGuard } from './rebuild/script-guard.ts';

/**
 * Transactions of SQLite. All of them are serializable, so every isolation level is at hand. One that may write takes the
 * write lock at its start: a deferred one that writes later fails at once when another has written in between.
 */
export const sqliteSessions: SessionStatements = {
  begin,
  afterEnd,
  bulkLoad: ['pragma foreign_keys = off'],
  // With foreign keys on, dropping the old table deletes its rows first, and every cascade follows. The pragma is not
  // heard inside a transaction. Connections of ours always have foreign keys on, so on is what they go back to.
  rebuild: {
    before: ['pragma foreign_keys = off'],
    confirm: 'pragma foreign_keys',
    check: danglingReferences,
    after: ['pragma foreign_keys = on'],
    guard: scriptGuard,
  },
};

function begin(mode: TransactionMode): readonly string[] {
  if (mode.statementTimeoutMs !== undefined) {
    throw new RowhouseError('CAPABILITY_MISSING', 'sqlite cannot bound the time of a statement', {
      details: { capability: 'statementTimeout' },
      hint: 'leave the statement timeout out for this database',
    });
  }
  // The pragma comes second: when `begin` fails, nothing is set that afterEnd would have to undo.
  return mode.readOnly === true ? ['begin', 'pragma query_only = on'] : ['begin immediate'];
}

function afterEnd(mode: TransactionMode): readonly string[] {
  return mode.readOnly === true ? ['pragma query_only = off'] : [];
}
