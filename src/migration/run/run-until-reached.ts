import type { PinnedSession } from '../../database/pinned-session.ts';
import { readState, refuseUnexplained, type LedgerState } from '../ledger/ledger-state.ts';
import { refuseOldClients } from '../phase/refuse-old-clients.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { chooseAlgorithms } from './choose-algorithms.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';
import { recordFingerprint } from './record-fingerprint.ts';
import { refuseBlocking } from './refuse-blocking.ts';
import { runPlan } from './run-plan.ts';
import { runPrechecks } from './run-prechecks.ts';

type MakePlans = (
  context: MigrationContext,
  session: PinnedSession,
  state: LedgerState,
  target: string,
) => readonly RevisionPlan[];

/**
 * Plans the way to the target and goes it. Where each revision's own transaction is the lock, another run may come in
 * between two revisions: then the rest of the way is planned anew from where that run has left the database.
 */
export async function runUntilReached(
  context: MigrationContext,
  session: PinnedSession,
  target: string,
  makePlans: MakePlans,
): Promise<readonly LoadedRevision[]> {
  const done: LoadedRevision[] = [];
  let isReached = false;
  while (!isReached) {
    const state = readState(await context.ledger.read(lineOf(session)));
    refuseUnexplained(state, context.graph);
    const made = makePlans(context, session, state, remaining(target, done.length));
    const plans = await refuseBlocking(context, session, made);
    const count = await runWhileCurrent(context, session, plans, state.newest);
    done.push(...plans.slice(0, count).map(({ revision }) => revision));
    isReached = count === plans.length;
  }
  if (done.length > 0) await recordFingerprint(context, session);
  return done;
}

/** Runs the plans until one finds that the ledger has gone on without us; gives how many were run. */
async function runWhileCurrent(
  context: MigrationContext,
  session: PinnedSession,
  plans: readonly RevisionPlan[],
  newest: bigint | undefined,
): Promise<number> {
  let expected = newest;
  for (const [position, plan] of plans.entries()) {
    await refuseOldClients(context, session, plan);
    await runPrechecks(session, plan);
    const chosen = await chooseAlgorithms(context, session, plan);
    expected = await runPlan({ context, session, plan: chosen }, expected);
    if (expected === undefined) return position;
  }
  return plans.length;
}

/** What is left of `+3` or `-3`; any other target stays what it is. */
function remaining(target: string, done: number): string {
  const [, sign, steps] = /^([+-])(\d+)$/.exec(target) ?? [];
  return sign === undefined ? target : `${sign}${Number(steps) - done}`;
}
