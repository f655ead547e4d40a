import type { PinnedSession } from '../../database/pinned-session.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
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
): Promise<LedgerEntry> {
  if (unfinished === undefined) await refusePresent(session, plan);
  const entry = unfinished ?? (await context.ledger.start(session, plan));
  const run: StepwiseRun = { context, session, plan, entry, resumes: unfinished !== undefined };
  for (const position of plan.statements.keys()) {
    if (await isDoneAlready(run, position)) await countDone(run, position);
    else await runStep(run, position);
  }
  await context.ledger.finish(session, entry, plan.statements.length);
  return entry;
}

interface StepwiseRun {
  readonly context: MigrationContext;
  readonly session: PinnedSession;
  readonly plan: RevisionPlan;
  readonly entry: LedgerEntry;
  readonly resumes: boolean;
}

async function isDoneAlready(run: StepwiseRun, position: number): Promise<boolean> {
  const { context, session, plan, entry, resumes } = run;
  try {
    tellProgress(context, plan, position);
    return resumes && (await hasRun(session, plan, position, entry));
  } catch (error) {
    // Up to where the last run came, its entry knows more than we do.
    if (!resumes || position > entry.statementsDone) await recordStop(run, position);
    throw error;
  }
}

/** Never counts down: the count of the last run stays until this one has come as far. */
async function countDone({ context, session, entry }: StepwiseRun, position: number): Promise<void> {
  if (position >= entry.statementsDone) await context.ledger.progress(session, entry, position + 1);
}

/** What can be part of a transaction is counted in the same one, so that nobody ever has to ask whether it ran. */
async function runStep(run: StepwiseRun, position: number): Promise<void> {
  const { context, session, plan, entry } = run;
  const statement = plan.statements[position];
  if (statement === undefined) return;
  if (entry.state === 'stopped') await context.ledger.setState(session, entry, 'running');
  try {
    if (statement.transactional) {
      await session.transaction(async (transaction) => {
        await runStatement(session, statement, plan);
        await context.ledger.progress(transaction, entry, position + 1);
      });
      return;
    }
    await runStatement(session, statement, plan);
  } catch (error) {
    if (hadNoEffect(statement, error)) await recordStop(run, position);
    throw error;
  }
  // A definition that held up a whole cluster may have outlasted the lease, and another run may have gone on from here.
  await context.confirmLock?.();
  await context.ledger.progress(session, entry, position + 1);
}

/** Of several statements in one text the first may have taken effect before a later one was refused. */
function hadNoEffect({ sql, done, transactional }: DefinitionStatement, error: unknown): boolean {
  if (transactional) return !RowhouseError.has(error, 'COMMIT_OUTCOME_UNKNOWN');
  return done !== undefined || !/;\s*\S/.test(sql);
}

/**
 * The server refused the statement, or we stopped before it: either way it had no effect, and the ledger says so. A run
 * that did nothing at all leaves nothing to finish. On a lost line nobody knows; the entry stays `running`.
 */
async function recordStop({ context, session, entry }: StepwiseRun, position: number): Promise<void> {
  // Who has lost the lease writes nothing more: the entry is in the hands of the one who took it.
  if (session.connection.broken || RowhouseError.has(context.signal?.reason, 'LEASE_LOST')) return;
  const didNothing = position === 0 && entry.statementsDone === 0;
  try {
    await context.ledger.setState(session, entry, didNothing ? 'abandoned' : 'stopped');
  } catch {
    // The error that ended the run is the one to tell; the entry stays `running`, which promises less.
  }
}
