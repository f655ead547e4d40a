import type { Database } from '../database/database.ts';
import type { SchemaModule } from '../schema/schema.ts';
import { applySeed, type AppliedSeed } from './apply/apply-seed.ts';
import { loadSeeds } from './load-seeds.ts';
import { listFlatFiles } from './source/list-seed-files.ts';

/**
 * Loads every file of a directory into its table, all or none. Nothing is recorded: for tests, which begin with an empty
 * database each time.
 *
 * @example
 * ```ts
 * await loadFixtures(database, 'test/fixtures', schema);
 * ```
 */
export async function loadFixtures(
  database: Database,
  directory: string,
  schema: SchemaModule,
): Promise<readonly AppliedSeed[]> {
  const seeds = await loadSeeds(await listFlatFiles(directory), schema, database.dialect);
  return await database.transaction(async (transaction) => {
    const applied: AppliedSeed[] = [];
    for (const seed of seeds) applied.push(await applySeed(transaction, seed, 'testing'));
    return applied;
  });
}
