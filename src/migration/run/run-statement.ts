import { isHeld } from '../../database/is-held.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { runBackfill } from '../backfill/run-backfill.ts';
import { runOnlineAlter } from '../backfill/run-online-alter.ts';
import { runText } from '../plan/run-text.ts';
import { inRevision } from '../revision/in-revision.ts';
import type { PlanRun } from './migration-context.ts';
import { classAt, setLimits } from './statement-limits.ts';
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

/** The position of the statement that an error belongs to; undefined when it came from elsewhere. */
export function failedPosition(error: unknown): number | undefined {
  const position = error instanceof RowhouseError ? error.details['position'] : undefined;
  return typeof position === 'number' ? position : undefined;
}
