import { fingerprint } from './fingerprint.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';

/** Is the database still what its last run left? Undefined: no run has written down what that was. Only reads. */
export async function isAsLeft(context: MigrationContext): Promise<boolean | undefined> {
  return await context.database.pinned(async (session) => {
    const left = (await context.ledger.read(lineOf(session))).at(-1)?.fingerprint ?? undefined;
    return left === undefined ? undefined : left === (await fingerprint(context, session));
  });
}
