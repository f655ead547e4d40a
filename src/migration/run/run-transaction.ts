import type { Transaction } from '../../database/transaction.ts';
import type { RebuildMode } from '../../dialect/session-statements.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { inRevision } from '../revision/in-revision.ts';
import { withLockPatience } from './lock-patience.ts';
import type { PlanRun } from './migration-context.ts';
import type { StatementRange } from './run-statement.ts';
import { liftLimits, setLimits } from './statement-limits.ts';

/**
 * Runs `work` in one transaction for the statements of the range, waiting for locks as their class says; tried
 * again from its start while they are not given.
 */
export async function runTransaction<T>(
  run: PlanRun,
  { from, end }: StatementRange,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const rebuilds = run.plan.statements.slice(from, end).some((statement) => statement.rebuilds === true);
  const { rebuild } = run.session.dialect.sessions;
  return await withLockPatience(run, from, async () => {
    try {
      await setLimits(run, from);
      return rebuilds && rebuild !== undefined
        ? await rebuilding(run, rebuild, work)
        : await run.session.transaction(work, { attempts: 1 });
    } finally {
      await liftLimits(run);
    }
  });
}

/** The transaction with references kept from acting in it, and looked through before its commit. */
async function rebuilding<T>(
  { session, plan }: PlanRun,
  { before, confirm, check, after }: RebuildMode,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (const sql of before) await session.script(sql);
  try {
    const [row] = (await session.run({ sql: confirm }, [])).rows;
    if (String(row?.[0]) !== '0') throw inRevision(notReady(), plan.revision);
    return await session.transaction(
      async (transaction) => {
        const result = await work(transaction);
        const { rows } = await transaction.run({ sql: check }, []);
        if (rows.length > 0) throw inRevision(brokenReferences(rows), plan.revision);
        return result;
      },
      { attempts: 1 },
    );
  } finally {
    if (!session.connection.broken) for (const sql of after) await session.script(sql);
  }
}

function notReady(): RowhouseError {
  return new RowhouseError('STATEMENT_FAILED', 'references could not be switched off, so no table was made anew', {
    hint: 'a transaction is open on this connection; run the migration outside of it',
  });
}

/** The first cell of each row is the table whose reference leads nowhere. */
function brokenReferences(rows: readonly (readonly unknown[])[]): RowhouseError {
  const tables = [...new Set(rows.map(([table]) => String(table)))].toSorted();
  return new RowhouseError(
    'ROWS_IN_THE_WAY',
    `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} of ${tables.join(', ')} refer to rows that are not there; nothing was changed`,
    { details: { tables, rows: rows.length }, hint: 'correct or delete these rows, then run the migration again' },
  );
}
