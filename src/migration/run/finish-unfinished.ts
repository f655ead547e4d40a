import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import { appliedTo, readState, refuseUnexplained, type LedgerState } from '../ledger/ledger-state.ts';
import { foldRevisions, planDown, planUp, type RevisionPlan } from '../plan/revision-plan.ts';
import { isRunTextOf, runText } from '../plan/run-text.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { chooseAlgorithms } from './choose-algorithms.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';
import { recordFingerprint } from './record-fingerprint.ts';
import { runStepwise } from './run-stepwise.ts';

/** Finishes, forward, the run that the ledger shows as cut short; false when there is none. */
export async function finishUnfinished(context: MigrationContext, session: PinnedSession): Promise<boolean> {
  const state = readState(await context.ledger.read(lineOf(session)));
  refuseUnexplained(state, context.graph);
  const found = unfinishedPlan(context, session, state);
  if (found === undefined) return false;
  const plan = await chooseAlgorithms(context, session, found.plan);
  if (state.unfinished !== undefined)
    await context.ledger.rewrite(session, state.unfinished, restOf(plan, state.unfinished));
  await runStepwise({ context, session, plan }, state.unfinished);
  await recordFingerprint(context, session);
  return true;
}

/** The plan of the run that was cut short, and how many of its statements are done; undefined when there is none. */
export function unfinishedPlan(
  context: MigrationContext,
  { dialect }: PinnedSession,
  state: LedgerState,
): { readonly plan: RevisionPlan; readonly statementsDone: number } | undefined {
  const { unfinished } = state;
  if (unfinished === undefined) return undefined;
  const revision = sameRevision(context, unfinished);
  const before = foldRevisions(appliedRevisions(context, state).filter(({ id }) => id !== revision.id));
  const plan =
    unfinished.direction === 'down' ? planDown(revision, before, dialect) : planUp(revision, before, dialect);
  refuseOtherPlan(plan, unfinished);
  return { plan, statementsDone: unfinished.statementsDone };
}

/** The texts as they were run, and from the first that surely was not, as they are going to be. */
function restOf({ statements }: RevisionPlan, unfinished: LedgerEntry): readonly string[] {
  const { statementsDone, state } = unfinished;
  const from = state === 'stopped' ? statementsDone : statementsDone + 1;
  return [...textsOf(unfinished).slice(0, from), ...statements.slice(from).map(runText)];
}

function textsOf({ plan }: LedgerEntry): readonly string[] {
  return JSON.parse(plan) as readonly string[];
}

/** The applied revisions that the code has, in the order of the history. */
export function appliedRevisions({ graph }: MigrationContext, state: LedgerState): readonly LoadedRevision[] {
  const applied = appliedTo(state, graph);
  return graph.ordered.filter(({ id }) => applied.has(id));
}

function sameRevision({ graph }: MigrationContext, unfinished: LedgerEntry): LoadedRevision {
  const revision = graph.has(unfinished.revision) ? graph.get(unfinished.revision) : undefined;
  if (revision !== undefined && revision.checksum === unfinished.checksum) return revision;
  throw new RowhouseError(
    'LEDGER_INVALID',
    `revision ${unfinished.revision} was cut short and is not the same any more`,
    {
      details: { revision: unfinished.revision, statementsDone: unfinished.statementsDone },
      hint: 'restore its file from version control, so that the run can be finished; or settle it by hand and record the state with `rowhouse stamp`',
    },
  );
}

/** What the ledger counts are the statements of the plan as it was run: in any other plan the count would mislead. */
function refuseOtherPlan({ revision, statements }: RevisionPlan, unfinished: LedgerEntry): void {
  const texts = textsOf(unfinished);
  const isSame = texts.length === statements.length && statements.every((one, at) => isRunTextOf(texts[at], one));
  if (isSame) return;
  throw new RowhouseError('LEDGER_INVALID', `revision ${revision.id} was cut short and would be run differently now`, {
    details: { revision: revision.id, statementsDone: unfinished.statementsDone },
    hint: 'finish it with the version and the options it was begun with; or settle it by hand and record the state with `rowhouse stamp`',
  });
}
