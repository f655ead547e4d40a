import type { PinnedSession } from '../../database/pinned-session.ts';
import type { DefinitionStatement, DoneProbe } from '../../dialect/definition.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import { readState } from '../ledger/ledger-state.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import type { MigrationContext } from './migration-context.ts';

/** Runs one plan and records it. Gives false when another run has done it meanwhile. */
export async function runPlan(context: MigrationContext, session: PinnedSession, plan: RevisionPlan): Promise<boolean> {
  return plan.transactional
    ? await runInTransaction(context, session, plan)
    : await runStepwise(context, session, plan, undefined);
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
      tell(context, plan, position);
      await runStatement(session, statement, plan);
    }
    await context.ledger.finish(transaction, entry, plan.statements.length);
    return true;
  });
}

/**
 * Each statement stands on its own, so the ledger says first what is about to run. A run that was cut short is continued
 * by looking: a statement whose effect is in the catalog is not run again.
 */
export async function runStepwise(
  context: MigrationContext,
  session: PinnedSession,
  plan: RevisionPlan,
  unfinished: LedgerEntry | undefined,
): Promise<boolean> {
  if (unfinished === undefined) await refusePresent(session, plan);
  const entry = unfinished ?? (await context.ledger.start(session, plan));
  for (const [position, statement] of plan.statements.entries()) {
    tell(context, plan, position);
    const isDone = unfinished !== undefined && (await hasRun(session, statement, position, unfinished));
    if (!isDone) await runStatement(session, statement, plan);
    await context.ledger.progress(session, entry, position + 1);
  }
  await context.ledger.finish(session, entry, plan.statements.length);
  return true;
}

async function hasRun(
  session: PinnedSession,
  { done }: DefinitionStatement,
  position: number,
  unfinished: LedgerEntry,
): Promise<boolean> {
  if (done !== undefined) return await session.dialect.inspector.holds(session.connection, done);
  if (position < unfinished.statementsDone) return true;
  if (position > unfinished.statementsDone) return false;
  throw new RowhouseError(
    'LEDGER_INVALID',
    `statement ${position + 1} of revision ${unfinished.revision} was running when the last run ended, and its effect cannot be looked up`,
    {
      details: { revision: unfinished.revision, statement: position + 1 },
      hint: 'look whether it took effect, finish or undo it by hand, then record the state with `rowhouse stamp`',
    },
  );
}

/** Whatever a fresh plan is about to make must not be there: otherwise a later resume would take it for its own. */
async function refusePresent(session: PinnedSession, plan: RevisionPlan): Promise<void> {
  const seen = new Set<string>();
  for (const { done } of plan.statements) {
    if (done === undefined || seen.has(JSON.stringify(done.object))) continue;
    seen.add(JSON.stringify(done.object));
    if (await session.dialect.inspector.holds(session.connection, done)) throw present(done, plan);
  }
}

function present({ question, object }: DoneProbe, plan: RevisionPlan): RowhouseError {
  const state = question === 'exists' ? 'is there already' : 'is not there';
  return new RowhouseError(
    question === 'exists' ? 'OBJECT_EXISTS' : 'OBJECT_MISSING',
    `revision ${plan.revision.id}: ${object.kind} ${object.name} ${state}; nothing was changed`,
    {
      details: { revision: plan.revision.id, object },
      hint: 'adopt an existing database with `rowhouse pull`, or record its state with `rowhouse stamp`',
    },
  );
}

/** As a script: the text of a function or trigger may be more than one statement. */
async function runStatement(session: PinnedSession, { sql }: DefinitionStatement, plan: RevisionPlan): Promise<void> {
  try {
    await session.script(sql);
  } catch (error) {
    if (!(error instanceof RowhouseError)) throw error;
    throw new RowhouseError(error.code, `revision ${plan.revision.id} (${plan.revision.message}): ${error.message}`, {
      details: { ...error.details, revision: plan.revision.id, statement: sql },
      hint: error.hint,
      cause: error,
    });
  }
}

function tell(context: MigrationContext, { revision, direction, statements }: RevisionPlan, statement: number): void {
  context.signal?.throwIfAborted();
  context.onProgress?.({ revision, direction, statement, statements: statements.length });
}
