import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { OnlineAlter, OnlineStatement, OnlineStep } from '../../dialect/online-alter.ts';
import { retryOfCause } from '../../database/retry.ts';
import { interruption } from '../../database/interruption.ts';
import { withLockPatience } from '../run/lock-patience.ts';
import type { PlanRun } from '../run/migration-context.ts';
import { refuseRows } from '../run/run-prechecks.ts';
import { firstLine } from '../run/first-line.ts';
import { setLimits } from '../run/statement-limits.ts';
import { tellProgress } from '../run/tell-progress.ts';
import { watchLocks } from '../run/watch-locks.ts';
import { runBackfill } from './run-backfill.ts';
import { SavedBackfill } from './saved-progress.ts';

/**
 * Makes a change in steps, each of which is found by looking at the catalog: a run that was cut short anywhere is gone on
 * with. Where a step cannot be done, what was made so far is taken back.
 */
export async function runOnlineAlter(run: PlanRun, position: number, alter: OnlineAlter): Promise<void> {
  for (let isLast = false; !isLast;) {
    const step = await nextStep(run, alter);
    try {
      await runStep(run, position, step);
    } catch (error) {
      if (!mayGoOn(run, error)) await takeBack(run, step);
      throw error;
    }
    ({ isLast } = step);
  }
}

async function nextStep({ session }: PlanRun, alter: OnlineAlter): Promise<OnlineStep> {
  const { algorithms, errors } = session.dialect;
  if (algorithms === undefined)
    throw new RowhouseError('CAPABILITY_MISSING', `${alter.table} cannot be altered in steps`, {
      details: { table: alter.table },
    });
  try {
    return await algorithms.next(session.connection, alter);
  } catch (error) {
    throw errors.translate(error, { during: 'statement' });
  }
}

async function runStep(run: PlanRun, position: number, step: OnlineStep): Promise<void> {
  const { session, plan, context } = run;
  if (step.startsAnew === true) await forgetProgress(run, position);
  if (step.backfill !== undefined) await runBackfill(run, position, step.backfill);
  if (step.proof !== undefined) await prove(run, step.proof);
  for (const precheck of step.prechecks ?? []) await refuseRows(session, precheck, plan);
  for (const statement of step.statements) {
    if (context.signal?.aborted === true) throw interruption(context.signal.reason);
    await withLockPatience(run, position, async () => {
      await watchLocks(run, position, async () => await runOne(run, position, statement));
    });
    tellProgress(run, position, { stage: 'says', says: firstLine(statement.sql) });
  }
}

async function runOne(run: PlanRun, position: number, statement: OnlineStatement): Promise<void> {
  const { session } = run;
  const { sql, before, after, class: own } = statement;
  if (own !== undefined) await setLimits(run, position, own);
  try {
    if (before !== undefined) await session.script(before);
    await session.script(sql);
  } finally {
    if (!session.connection.broken) {
      if (after !== undefined) await session.script(after);
      if (own !== undefined) await setLimits(run, position);
    }
  }
}

async function forgetProgress(run: PlanRun, position: number): Promise<void> {
  const saved = new SavedBackfill(run, position);
  await saved.ensureTable(run);
  await saved.forget(run.session);
}

async function prove({ session }: PlanRun, sql: string): Promise<void> {
  const { rows } = await session.run({ sql }, []);
  if (Number(rows[0]?.[0]) === 1) return;
  throw new RowhouseError(
    'PROOF_FAILED',
    'the copy cannot take the place of its table: it has not the same number of rows, or the table was altered meanwhile',
    {
      hint: 'nothing was changed; rows that the table tells apart may be the same in the copy, or it has got a trigger or a foreign key that refers to it',
    },
  );
}

/** What was interrupted, or has met others too often, is gone on with by the next run. */
function mayGoOn({ session, context }: PlanRun, error: unknown): boolean {
  return session.connection.broken || context.signal?.aborted === true || retryOfCause(error) !== 'never';
}

async function takeBack(run: PlanRun, { undo }: OnlineStep): Promise<void> {
  for (const sql of undo) {
    try {
      await run.session.script(sql);
    } catch {
      // The error that ended the step is the one to tell; what is left is found by the next run.
    }
  }
}
