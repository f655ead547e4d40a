import { isHeld } from '../../database/is-held.ts';
import type { DefinitionStatement, StatementClass } from '../../dialect/definition.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { runBackfill } from '../backfill/run-backfill.ts';
import { runOnlineAlter } from '../backfill/run-online-alter.ts';
import { runText } from '../plan/run-text.ts';
import { inRevision } from '../revision/in-revision.ts';
import { lockTimeoutMs } from './lock-patience.ts';
import type { PlanRun } from './migration-context.ts';
import { beginStatement, tellProgress } from './tell-progress.ts';
import { watchLocks } from './watch-locks.ts';

/** Positions in a plan: from the first up to, but not with, `end`. */
export interface StatementRange {
  readonly from: number;
  readonly end: number;
}

/** Runs the statements of a transaction one after the other, each within the limits of its class; those of the first are set already. */
export async function runStatements(run: PlanRun, { from, end }: StatementRange): Promise<void> {
  for (let position = from; position < end; position += 1) {
    if (position > from && classAt(run, position) !== classAt(run, position - 1)) await setLimits(run, position);
    await runStatement(run, position);
    tellProgress(run, position, { stage: 'ran' });
  }
}

/** Runs one statement, unless it is for another state of the database than the one that it finds. */
export async function runStatement(run: PlanRun, position: number): Promise<void> {
  const { session, plan } = run;
  const statement = plan.statements[position];
  if (statement === undefined) return;
  beginStatement(run, position);
  try {
    if (statement.when !== undefined && !(await isHeld(session.dialect, session.connection, statement.when))) return;
    await runIt(run, position, statement);
  } catch (error) {
    throw inRevision(error, plan.revision, { statement: statement.sql, position });
  }
  if (statement.says !== undefined) tellProgress(run, position, { stage: 'says', says: statement.says });
}

/** Runs a statement as a script: the text of a function or trigger may be more than one. */
async function runIt(run: PlanRun, position: number, statement: DefinitionStatement): Promise<void> {
  if (statement.backfill !== undefined) await runBackfill(run, position, statement.backfill);
  else if (statement.agreed?.online !== undefined) await runOnlineAlter(run, position, statement.agreed.online);
  else await watchLocks(run, position, async () => await run.session.script(runText(statement)));
}

/** Sets how long the statement at `position` may wait and run, in or before its transaction. */
export async function setLimits(run: PlanRun, position: number): Promise<void> {
  const { context, session } = run;
  const limits = session.dialect.migrationSession?.bound(classAt(run, position), lockTimeoutMs(context)) ?? [];
  if (limits.length > 0) await session.script(limits.join('; '));
}

function classAt({ plan }: PlanRun, position: number): StatementClass {
  return plan.statements[position]?.class ?? 'catalog';
}

/** Gives the session back the limits it had. Does nothing on a lost line. */
export async function liftLimits({ session }: PlanRun): Promise<void> {
  const { unbound = [] } = session.dialect.migrationSession ?? {};
  if (unbound.length > 0 && !session.connection.broken) await session.script(unbound.join('; '));
}

/** The position of the statement that an error belongs to; undefined when it came from elsewhere. */
export function failedPosition(error: unknown): number | undefined {
  const position = error instanceof RowhouseError ? error.details['position'] : undefined;
  return typeof position === 'number' ? position : undefined;
}
