import type { StatementClass } from '../../dialect/definition.ts';
import { lockTimeoutMs } from './lock-patience.ts';
import type { PlanRun } from './migration-context.ts';

/** Sets how long the statement at `position`, or a step of it, may wait and run, in or before its transaction. */
export async function setLimits(
  run: PlanRun,
  position: number,
  as: StatementClass = classAt(run, position),
): Promise<void> {
  const { context, session } = run;
  const limits = session.dialect.migrationSession?.bound(as, lockTimeoutMs(context)) ?? [];
  if (limits.length > 0) await session.script(limits.join('; '));
}

export function classAt({ plan }: PlanRun, position: number): StatementClass {
  return plan.statements[position]?.class ?? 'catalog';
}

/** Gives the session back the limits it had. Does nothing on a lost line. */
export async function liftLimits({ session }: PlanRun): Promise<void> {
  const { unbound = [] } = session.dialect.migrationSession ?? {};
  if (unbound.length > 0 && !session.connection.broken) await session.script(unbound.join('; '));
}
