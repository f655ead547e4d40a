import { isHeld } from '../../database/is-held.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { DefinitionStatement, DoneProbe } from '../../dialect/definition.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';

/** Whatever a fresh plan is about to make must not be there: otherwise a later resume would take it for its own. */
export async function refusePresent(session: PinnedSession, plan: RevisionPlan): Promise<void> {
  const seen = new Set<string>();
  for (const { done, frees } of plan.statements) {
    if (frees !== undefined) seen.add(JSON.stringify(frees));
    if (done === undefined || seen.has(JSON.stringify(done.object))) continue;
    seen.add(JSON.stringify(done.object));
    if (await isHeld(session.dialect, session.connection, done)) throw present(done, plan);
  }
}

/**
 * Removes what an earlier try of the statement left of the object it makes: to the server its name is still taken. What is
 * made in steps goes on with what is there.
 */
export async function clearRemains(session: PinnedSession, statement: DefinitionStatement | undefined): Promise<void> {
  const { done, agreed, transactional = true } = statement ?? {};
  if (transactional || agreed?.online !== undefined || done?.question !== 'exists') return;
  for (const sql of session.dialect.migrationSession?.clearRemains?.(done.object) ?? []) await session.script(sql);
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
