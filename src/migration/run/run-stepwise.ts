import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { rowsFilled } from '../backfill/saved-progress.ts';
import type { LedgerEntry, RunFailure } from '../ledger/ledger.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { inSegments } from '../script/segments.ts';
import { withLockPatience } from './lock-patience.ts';
import { lineOf, type PlanRun } from './migration-context.ts';
import { clearRemains, refusePresent } from './refuse-present.ts';
import { hasRun } from './resume.ts';
import { failedPosition, runStatement, runStatements, type StatementRange } from './run-statement.ts';
import { runTransaction } from './run-transaction.ts';
import { liftLimits, setLimits } from './statement-limits.ts';
import { tellProgress } from './tell-progress.ts';

/**
 * Runs a plan that is more than one transaction, so the ledger says first what is about to run. A run that was cut short
 * is continued by looking: a statement whose effect is in the catalog is not run again.
 */
export async function runStepwise(run: PlanRun, unfinished: LedgerEntry | undefined): Promise<LedgerEntry> {
  const { context, session, plan } = run;
  if (unfinished === undefined) await refusePresent(session, plan);
  const entry = unfinished ?? (await context.ledger.start(session, plan));
  const steps = { ...run, entry, resumes: unfinished !== undefined };
  for (const range of rangesOf(run)) {
    const from = await firstToRun(steps, range);
    if (from < range.end) await runRange(steps, { from, end: range.end });
    else await countDone(steps, range.end);
  }
  await context.ledger.finish(session, entry, plan.statements.length);
  return entry;
}

interface StepwiseRun extends PlanRun {
  readonly entry: LedgerEntry;
  readonly resumes: boolean;
}

/** What runs between two commits, as positions in the plan. */
function rangesOf({ plan, session }: PlanRun): readonly StatementRange[] {
  let end = 0;
  return inSegments(plan.statements, session.dialect).map(({ statements }) => {
    const from = end;
    end += statements.length;
    return { from, end };
  });
}

/** Where the range begins that has not run yet; its end when all of it has. */
async function firstToRun(steps: StepwiseRun, { from, end }: StatementRange): Promise<number> {
  const { session, plan, entry, resumes } = steps;
  if (!resumes) return from;
  try {
    for (let position = from; position < end; position += 1)
      if (!(await hasRun(session, plan, position, entry))) return position;
    return end;
  } catch (error) {
    // Up to where the last run came, its entry knows more than we do.
    if (from > entry.statementsDone) await recordStop(steps, from, error);
    throw error;
  }
}

/** Never counts down: the count of the last run stays until this one has come as far. */
async function countDone({ context, session, entry }: StepwiseRun, statementsDone: number): Promise<void> {
  if (statementsDone > entry.statementsDone) await context.ledger.progress(session, entry, statementsDone);
}

async function runRange(steps: StepwiseRun, range: StatementRange): Promise<void> {
  const { context, session, plan, entry } = steps;
  if (entry.state === 'stopped') await context.ledger.goOn(session, entry);
  const isCounted = plan.statements[range.from]?.transactional === true;
  try {
    await (isCounted ? runCounted(steps, range) : runAlone(steps, range.from));
  } catch (error) {
    const ran = await recordStop(steps, range.from, error);
    throw ran > 0 ? halfRun(error, ran, plan) : error;
  }
  if (!isCounted) await countAlone(steps, range);
}

/** What can be part of a transaction is counted in the same one, so that nobody ever has to ask whether it ran. */
async function runCounted(steps: StepwiseRun, range: StatementRange): Promise<void> {
  await runTransaction(steps, range, async (transaction) => {
    await runStatements(steps, range);
    await steps.context.ledger.progress(transaction, steps.entry, range.end);
  });
}

async function runAlone(steps: StepwiseRun, position: number): Promise<void> {
  const { session, plan } = steps;
  const attempt = async (): Promise<void> => {
    await clearRemains(session, plan.statements[position]);
    await setLimits(steps, position);
    await runStatement(steps, position);
  };
  const mayRepeat = (): boolean => !session.connection.broken && hadNoEffect(steps, position);
  await withLockPatience(steps, position, attempt, mayRepeat);
}

/** From here on the statement has taken effect, whatever else goes wrong: until it is counted the entry says `running`. */
async function countAlone(steps: StepwiseRun, { from, end }: StatementRange): Promise<void> {
  const { context, session, entry } = steps;
  tellProgress(steps, from, { stage: 'ran' });
  await liftLimits(steps);
  // A definition that held up a whole cluster may have outlasted the lease, and another run may have gone on from here.
  await context.confirmLock?.();
  await context.ledger.progress(session, entry, end);
}

/** Of several statements in one text, or in a routine, the first may have taken effect before a later one was refused. */
function hadNoEffect({ plan }: PlanRun, position: number): boolean {
  const { sql = '', done, repeatable, transactional } = plan.statements[position] ?? {};
  return transactional === true || repeatable === true || done !== undefined || !/;\s*\S|^\s*call\b/i.test(sql);
}

/**
 * The server refused a statement, or we stopped before it: where it surely had no effect, the ledger says so. A run that
 * did nothing at all leaves nothing to finish. On a lost line nobody knows; the entry stays `running`. Gives how
 * many statements have run, as far as the ledger says.
 */
async function recordStop(steps: StepwiseRun, from: number, error: unknown): Promise<number> {
  const { context, session, entry } = steps;
  // Who has lost the lease writes nothing more: the entry is in the hands of the one who took it.
  if (session.connection.broken || RowhouseError.has(context.signal?.reason, 'LEASE_LOST')) return 0;
  const isUncertain = RowhouseError.has(error, 'COMMIT_OUTCOME_UNKNOWN') || !hadNoEffect(steps, from);
  const failure = failureOf(error, from);
  try {
    await liftLimits(steps);
    const found = (await context.ledger.read(lineOf(session))).find((one) => one.entry === entry.entry);
    const didNothing = from === 0 && found?.statementsDone === 0 && !(await isFilling(steps));
    if (isUncertain) await context.ledger.blame(session, entry, failure);
    else await context.ledger.stop(session, entry, didNothing ? 'abandoned' : 'stopped', failure);
    return found?.statementsDone ?? 0;
  } catch {
    // The error that ended the run is the one to tell; the entry stays `running`, which promises less.
    return 0;
  }
}

/** A backfill that somebody stopped has written rows, and the next run goes on from there. */
async function isFilling({ context, session, entry }: StepwiseRun): Promise<boolean> {
  return context.signal?.aborted === true && (await rowsFilled(session, entry)) !== undefined;
}

function halfRun(error: unknown, statementsRan: number, { statements }: RevisionPlan): unknown {
  if (!(error instanceof RowhouseError)) return error;
  const { code, message, details, hint } = error;
  return new RowhouseError(code, `${message}; ${statementsRan} of ${statements.length} statements ran before it`, {
    details: { ...details, statementsRan },
    hint,
    cause: error,
  });
}

function failureOf(error: unknown, from: number): RunFailure {
  const errorCode = error instanceof RowhouseError ? error.code : 'INTERNAL';
  return { failedStatement: (failedPosition(error) ?? from) + 1, errorCode };
}
