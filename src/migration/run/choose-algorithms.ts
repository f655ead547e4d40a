import type { PinnedSession } from '../../database/pinned-session.ts';
import { inRevision } from '../revision/in-revision.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import type { MigrationContext } from './migration-context.ts';

/** The plan with what the server agreed to for each statement that asks. */
export async function chooseAlgorithms(
  { blockedRows }: MigrationContext,
  { dialect, connection }: PinnedSession,
  plan: RevisionPlan,
): Promise<RevisionPlan> {
  if (dialect.algorithms === undefined) return plan;
  try {
    return withStatements(plan, await dialect.algorithms.choose(connection, plan.statements, { blockedRows }));
  } catch (error) {
    throw inRevision(dialect.errors.translate(error, { during: 'statement' }), plan.revision);
  }
}

/** The same for plans that come one after the other: each finds the tables as the ones before leave them. */
export async function chooseForAll(
  { blockedRows }: MigrationContext,
  { dialect, connection }: PinnedSession,
  plans: readonly RevisionPlan[],
): Promise<readonly RevisionPlan[]> {
  const all = plans.flatMap(({ statements }) => statements);
  try {
    const chosen = [...((await dialect.algorithms?.choose(connection, all, { blockedRows })) ?? all)];
    return plans.map((plan) => withStatements(plan, chosen.splice(0, plan.statements.length)));
  } catch (error) {
    throw dialect.errors.translate(error, { during: 'statement' });
  }
}

/** What is made in steps cannot be part of a transaction. */
function withStatements(plan: RevisionPlan, statements: RevisionPlan['statements']): RevisionPlan {
  return {
    ...plan,
    statements,
    transactional: plan.transactional && statements.every(({ transactional }) => transactional),
  };
}
