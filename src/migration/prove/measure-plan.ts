import type { Database } from '../../database/database.ts';
import type { Effects } from '../../dialect/effects.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';

/** What each statement of a plan does, in order; empty where the engine cannot be asked, or rows are written in batches. */
export async function measurePlan(database: Database, { statements }: RevisionPlan): Promise<readonly Effects[]> {
  const { effects, errors } = database.dialect;
  if (effects === undefined || statements.some((statement) => statement.class === 'data')) return [];
  return await database.pinned(
    async ({ connection }) =>
      await database.pinned(async (observer) => {
        const found: Effects[] = [];
        try {
          for (const statement of statements) {
            found.push(await effects.measure(connection, statement, observer.connection));
          }
        } catch (error) {
          throw errors.translate(error, { during: 'statement' });
        }
        return found;
      }),
  );
}
