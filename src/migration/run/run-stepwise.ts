import type { PinnedSession } from '../../database/pinned-session.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import type { MigrationContext } from './migration-context.ts';
import { refusePresent } from './refuse-present.ts';
import { hasRun } from './resume.ts';
import { runStatement, tellProgress } from './run-statement.ts';

/**
 * Runs a plan whose statements each stand on their own, so the ledger says first what is about to run. A run that was cut
 * short is continued by looking: a statement whose effect is in the catalog is not run again.
 */
export async function runStepwise(
  context: MigrationContext,
  session: PinnedSession,
  plan: RevisionPlan,
  unfinished: LedgerEntry | undefined,
): Promise<void> {
  if (unfinished === undefined) await refusePresent(session, plan);
  else await context.ledger.setState(session, unfinished, 'running');
  const entry = unfinished ?? (await context.ledger.start(session, plan));
  let statementsDone = 0;
  try {
    for (const [position, statement] of plan.statements.entries()) {
      tellProgress(context, plan, position);
      const isDone = unfinished !== undefined && (await hasRun(session, plan, position, unfinished));
      if (isDone) await context.ledger.progress(session, entry, Math.max(position + 1, entry.statementsDone));
      else await runStep(context, session, plan, { entry, position, statement });
      statementsDone = position + 1;
    }
    await context.ledger.finish(session, entry, plan.statements.length);
  } catch (error) {
    await recordStop(context, session, entry, statementsDone);
    throw error;
  }
}

interface Step {
  readonly entry: LedgerEntry;
  readonly position: number;
  readonly statement: DefinitionStatement;
}

/** What can be part of a transaction is counted in the same one, so that nobody ever has to ask whether it ran. */
async function runStep(
  { ledger }: MigrationContext,
  session: PinnedSession,
  plan: RevisionPlan,
  { entry, position, statement }: Step,
): Promise<void> {
  if (statement.transactional) {
    await session.transaction(async (transaction) => {
      await runStatement(session, statement, plan);
      await ledger.progress(transaction, entry, position + 1);
    });
    return;
  }
  await runStatement(session, statement, plan);
  await ledger.progress(session, entry, position + 1);
}

/**
 * The server refused a statement, or we stopped before it: either way it had no effect, and the ledger says so. A run
 * that did nothing at all leaves nothing to finish. On a lost line nobody knows; the entry stays `running`.
 */
async function recordStop(
  { ledger }: MigrationContext,
  session: PinnedSession,
  entry: LedgerEntry,
  statementsDone: number,
): Promise<void> {
  if (session.connection.broken) return;
  try {
    await ledger.setState(session, entry, statementsDone === 0 ? 'abandoned' : 'stopped');
  } catch {
    // The error that ended the run is the one to tell; the entry stays `running`, which promises less.
  }
}
