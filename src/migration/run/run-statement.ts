import { interruption } from '../../database/interruption.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { inRevision } from '../revision/in-revision.ts';
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
    throw inRevision(error, revision, { statement: sql });
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
