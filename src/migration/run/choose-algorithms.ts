import type { PinnedSession } from '../../database/pinned-session.ts';
import { inRevision } from '../revision/in-revision.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import type { MigrationContext } from './migration-context.ts';

/** The plan with what the server agreed to for each statement that asks. The ledger keeps the plan as it was compiled. */
export async function chooseAlgorithms(
  { blockedRows }: MigrationContext,
  { dialect, connection }: PinnedSession,
  plan: RevisionPlan,
): Promise<RevisionPlan> {
  if (dialect.algorithms === undefined) return plan;
  try {
    return { ...plan, statements: await dialect.algorithms.choose(connection, plan.statements, { blockedRows }) };
  } catch (error) {
    throw inRevision(dialect.errors.translate(error, { during: 'statement' }), plan.revision);
  }
}
