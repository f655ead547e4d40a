import { readState } from '../ledger/ledger-state.ts';
import { inRevision } from '../revision/in-revision.ts';
import { lineOf, type PlanRun } from './migration-context.ts';
import { runStatements } from './run-statement.ts';
import { runStepwise } from './run-stepwise.ts';
import { runTransaction } from './run-transaction.ts';

/**
 * Runs one plan and gives its entry in the ledger, which is then the newest. Undefined, and nothing done, when the newest
 * is not the one that the plan was made for: another run has come in between.
 */
export async function runPlan(run: PlanRun, newest: bigint | undefined): Promise<bigint | undefined> {
  try {
    if (run.plan.transactional) return await runWhole(run, newest);
  } catch (error) {
    throw inRevision(error, run.plan.revision);
  }
  await run.context.ledger.ensure(lineOf(run.session));
  return (await runStepwise(run, undefined)).entry;
}

/** Definitions and ledger entry are one transaction: killed anywhere, nothing has happened. */
async function runWhole(run: PlanRun, newest: bigint | undefined): Promise<bigint | undefined> {
  const { context, session, plan } = run;
  const whole = { from: 0, end: plan.statements.length };
  return await runTransaction(run, whole, async (transaction) => {
    const line = { session: transaction, connection: session.connection };
    await context.ledger.ensure(line);
    if (readState(await context.ledger.read(line)).newest !== newest) return undefined;
    const entry = await context.ledger.start(transaction, plan);
    await runStatements(run, whole);
    await context.ledger.finish(transaction, entry, whole.end);
    return entry.entry;
  });
}
