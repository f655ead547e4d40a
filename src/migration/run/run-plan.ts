import type { PinnedSession } from '../../database/pinned-session.ts';
import { readState } from '../ledger/ledger-state.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';
import { runStatement, tellProgress } from './run-statement.ts';
import { runStepwise } from './run-stepwise.ts';

/** Runs one plan and records it. Gives false when another run has done it meanwhile. */
export async function runPlan(context: MigrationContext, session: PinnedSession, plan: RevisionPlan): Promise<boolean> {
  if (plan.transactional) return await runInTransaction(context, session, plan);
  await context.ledger.ensure(lineOf(session));
  await runStepwise(context, session, plan, undefined);
  return true;
}

/** Definitions and ledger entry are one transaction: killed anywhere, nothing has happened. */
async function runInTransaction(
  context: MigrationContext,
  session: PinnedSession,
  plan: RevisionPlan,
): Promise<boolean> {
  return await session.transaction(async (transaction) => {
    const line = { session: transaction, connection: session.connection };
    await context.ledger.ensure(line);
    const { applied } = readState(await context.ledger.read(line));
    if (applied.has(plan.revision.id) === (plan.direction === 'up')) return false;
    const entry = await context.ledger.start(transaction, plan);
    for (const [position, statement] of plan.statements.entries()) {
      tellProgress(context, plan, position);
      await runStatement(session, statement, plan);
    }
    await context.ledger.finish(transaction, entry, plan.statements.length);
    return true;
  });
}
