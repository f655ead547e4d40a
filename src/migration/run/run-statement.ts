import { interruption } from '../../database/interruption.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import type { MigrationContext } from './migration-context.ts';

/** Runs a statement of a plan as a script: the text of a function or trigger may be more than one statement. */
export async function runStatement(
  session: PinnedSession,
  { sql }: DefinitionStatement,
  { revision }: RevisionPlan,
): Promise<void> {
  try {
    await session.script(sql);
  } catch (error) {
    if (!(error instanceof RowhouseError)) throw error;
    throw new RowhouseError(error.code, `revision ${revision.id} (${revision.message}): ${error.message}`, {
      details: { ...error.details, revision: revision.id, statement: sql },
      hint: error.hint,
      cause: error,
    });
  }
}

/** Says which statement is next; this is where a run stops when it is asked to. */
export function tellProgress(
  context: MigrationContext,
  { revision, direction, statements }: RevisionPlan,
  statement: number,
): void {
  if (context.signal?.aborted === true) throw interruption(context.signal.reason);
  context.onProgress?.({ revision, direction, statement, statements: statements.length });
}
