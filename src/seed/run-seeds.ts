import type { Database } from '../database/database.ts';
import type { Transaction } from '../database/transaction.ts';
import { createRepository } from '../repository/create-repository.ts';
import type { SchemaModule } from '../schema/schema.ts';
import { applySeed, type AppliedSeed } from './apply/apply-seed.ts';
import { loadSeeds, type ReadySeed } from './load-seeds.ts';
import { ensureSeedTable } from './record/ensure-seed-table.ts';
import { appliedSeeds } from './record/seed-table.ts';
import { classesFor, type SeedClass } from './source/seed-class.ts';
import { listSeedFiles } from './source/list-seed-files.ts';

export interface SeedOptions {
  readonly schema: SchemaModule;
  /** The folder with `essential`, `development`, `staging` and `production` in it. */
  readonly directory: string;
  readonly environment: string;
  /** Only these classes; what the environment gets otherwise. */
  readonly classes?: readonly SeedClass[] | undefined;
  /** Whose seeds they are, where services share a database. */
  readonly service?: string | undefined;
  /** Apply files that have not changed since they were applied, too. */
  readonly force?: boolean | undefined;
}

export interface SeedReport {
  readonly applied: readonly AppliedSeed[];
  /** Files that have not changed since they were applied. */
  readonly unchanged: readonly string[];
}

/**
 * Applies the seeds of an environment: all of them or none, parents before children, each row by its natural key. A file
 * is applied again when it has changed; columns that it does not give are left alone.
 *
 * @example
 * ```ts
 * await runSeeds(database, { schema, directory: './seeds', environment: 'development' });
 * ```
 */
export async function runSeeds(database: Database, options: SeedOptions): Promise<SeedReport> {
  const byClass: (readonly ReadySeed[])[] = [];
  for (const name of options.classes ?? classesFor(options.environment)) {
    const files = await listSeedFiles(options.directory, [name]);
    byClass.push(await loadSeeds(files, options.schema, database.dialect));
  }
  const seeds = byClass.flat();
  if (seeds.length === 0) return { applied: [], unchanged: [] };
  await ensureSeedTable(database);
  const all = database.unscoped('seeds');
  return await all.transaction(async (transaction) => await applyAll(transaction, seeds, options));
}

async function applyAll(
  transaction: Transaction,
  seeds: readonly ReadySeed[],
  { environment, service = '', force = false }: SeedOptions,
): Promise<SeedReport> {
  const record = createRepository(appliedSeeds, transaction);
  const known = new Map((await record.list({ where: { service } })).map((row) => [row.file, row.contentHash]));
  const applied: AppliedSeed[] = [];
  const unchanged: string[] = [];
  for (const seed of seeds) {
    if (!force && known.get(seed.file) === seed.hash) {
      unchanged.push(seed.file);
      continue;
    }
    applied.push(await applySeed(transaction, seed, environment));
    const row = { service, file: seed.file, contentHash: seed.hash, environment, appliedAt: new Date() };
    await record.upsert(row, { match: ['service', 'file'] });
  }
  return { applied, unchanged };
}
