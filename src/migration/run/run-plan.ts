import type { PinnedSession } from '../../database/pinned-session.ts';
import { readState } from '../ledger/ledger-state.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { inRevision } from '../revision/in-revision.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';
import { runStatement, tellProgress } from './run-statement.ts';
import { runStepwise } from './run-stepwise.ts';

/**
 * Runs one plan and gives its entry in the ledger, which is then the newest. Undefined, and nothing done, when the newest
 * is not the one that the plan was made for: another run has come in between.
 */
export async function runPlan(
  context: MigrationContext,
  session: PinnedSession,
  plan: RevisionPlan,
  newest: bigint | undefined,
): Promise<bigint | undefined> {
  try {
    if (plan.transactional) return await runInTransaction(context, session, plan, newest);
  } catch (error) {
    throw inRevision(error, plan.revision);
  }
  await context.ledger.ensure(lineOf(session));
  return (await runStepwise(context, session, plan, undefined)).entry;
}

/** Definitions and ledger entry are one transaction: killed anywhere, nothing has happened. */
async function runInTransaction(
  context: MigrationContext,
  session: PinnedSession,
  plan: RevisionPlan,
  newest: bigint | undefined,
): Promise<bigint | undefined> {
  return await session.transaction(async (transaction) => {
    const line = { session: transaction, connection: session.connection };
    await context.ledger.ensure(line);
    if (readState(await context.ledger.read(line)).newest !== newest) return undefined;
    const entry = await context.ledger.start(transaction, plan);
    for (const [position, statement] of plan.statements.entries()) {
      tellProgress(context, plan, position);
      await runStatement(session, statement, plan);
    }
    await context.ledger.finish(transaction, entry, plan.statements.length);
    return entry.entry;
  });
}
