import type { ObjectName } from '../../catalog/model/object-name.ts';
import { displayName } from '../../catalog/model/object-name.ts';
import type { Database } from '../../database/database.ts';
import type { Activity, TableSession } from '../../dialect/activity.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

export interface KillOptions {
  /** Stops nothing, and says what would be stopped. */
  readonly dryRun?: boolean | undefined;
  /** Ends whole sessions, those that only hold locks too; otherwise the statements that run are cancelled. */
  readonly force?: boolean | undefined;
}

/** What became of a session: `holding` runs no statement to cancel, `gone` ended by itself. */
export type KillOutcome = 'found' | 'cancelled' | 'terminated' | 'holding' | 'gone';

export interface KilledSession extends TableSession {
  readonly outcome: KillOutcome;
}

/**
 * Stops what others do with a table. Undefined: the engine has no sessions beside this one. Throws `OBJECT_MISSING`
 * without such a table.
 */
export async function killQueries(
  database: Database,
  table: ObjectName,
  options: KillOptions,
): Promise<readonly KilledSession[] | undefined> {
  const { activity } = database.dialect;
  if (activity === undefined) return undefined;
  return await database.pinned(async ({ connection, dialect }) => {
    try {
      const sessions = await activity.sessionsOn(connection, table);
      if (sessions === undefined) throw noTable(table);
      const killed: KilledSession[] = [];
      for (const session of waitersFirst(sessions)) {
        const outcome = await stop(session, options, {
          cancel: async () => await activity.cancel(connection, session),
          terminate: async () => await activity.terminate(connection, session),
        });
        killed.push({ ...session, outcome });
      }
      return killed;
    } catch (error) {
      throw error instanceof RowhouseError ? error : dialect.errors.translate(error, { during: 'statement' });
    }
  });
}

/** Whoever waits would go on as soon as the one that it waits for is gone. */
function waitersFirst(sessions: readonly TableSession[]): readonly TableSession[] {
  const isHolding = ({ running }: TableSession): number => (running === undefined ? 1 : 0);
  return sessions.toSorted((one, other) => isHolding(one) - isHolding(other));
}

async function stop(
  { running }: TableSession,
  { dryRun = false, force = false }: KillOptions,
  ways: { readonly [K in 'cancel' | 'terminate']: () => ReturnType<Activity[K]> },
): Promise<KillOutcome> {
  if (dryRun) return 'found';
  if (force) return (await ways.terminate()) ? 'terminated' : 'gone';
  if (running === undefined) return 'holding';
  return (await ways.cancel()) ? 'cancelled' : 'gone';
}

function noTable(table: ObjectName): RowhouseError {
  const name = displayName(table);
  return new RowhouseError('OBJECT_MISSING', `there is no table ${name}`, { details: { table: name } });
}
