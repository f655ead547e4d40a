import type { Database } from '../../database/database.ts';
import { isHeld } from '../../database/is-held.ts';
import type { Effects } from '../../dialect/effects.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';

/**
 * What each statement of a plan does, in order; undefined for one that is for another state of the database. Empty where
 * the engine cannot be asked.
 */
export async function measurePlan(
  database: Database,
  { statements }: RevisionPlan,
): Promise<readonly (Effects | undefined)[]> {
  const { dialect } = database;
  const { effects, errors } = dialect;
  if (effects === undefined) return [];
  return await database.pinned(
    async ({ connection }) =>
      await database.pinned(async (observer) => {
        const found: (Effects | undefined)[] = [];
        try {
          for (const statement of statements) {
            const isMeant = statement.when === undefined || (await isHeld(dialect, connection, statement.when));
            found.push(isMeant ? await effects.measure(connection, statement, observer.connection) : undefined);
          }
        } catch (error) {
          throw errors.translate(error, { during: 'statement' });
        }
        return found;
      }),
  );
}
