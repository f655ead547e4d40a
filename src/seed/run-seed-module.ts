import type { Database } from '../database/database.ts';
import type { SchemaModule } from '../schema/schema.ts';
import { applyRows } from './apply/apply-rows.ts';
import { seedContext, type AppliedSeed } from './apply/apply-seed.ts';
import { checkRows } from './check/check-rows.ts';
import { SeedSchema } from './check/seed-schema.ts';
import { readModule } from './source/read-module.ts';

export interface SeedModuleOptions {
  readonly schema: SchemaModule;
  readonly environment: string;
  /** The absolute path of the file. */
  readonly path: string;
  /** The file as messages name it. */
  readonly file: string;
  /** Which of its exports to run; the default one when nothing is said. */
  readonly exportName?: string | undefined;
}

/** Runs one export of a module as a seed, whether or not it ran before; nothing is recorded. */
export async function runSeedModule(database: Database, options: SeedModuleOptions): Promise<AppliedSeed> {
  const { schema, environment, path, file, exportName } = options;
  const source = await readModule(path, file, exportName);
  if (source.kind === 'function') {
    await database.transaction(async (transaction) => await source.run(seedContext(transaction, environment)));
    return { file };
  }
  const checked = checkRows(source, new SeedSchema(schema, database.dialect));
  return { file, rows: await database.transaction(async (transaction) => await applyRows(transaction, checked)) };
}
