import type { Transaction } from '../../database/transaction.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { ReadySeed } from '../load-seeds.ts';
import type { SeedContext } from '../seed.ts';
import { applyRows } from './apply-rows.ts';

/** A seed file that was applied; `rows` is how many rows it has, absent where it is a function. */
export interface AppliedSeed {
  readonly file: string;
  readonly rows?: number;
}

/** Applies one seed inside the transaction of all. */
export async function applySeed(transaction: Transaction, seed: ReadySeed, environment: string): Promise<AppliedSeed> {
  switch (seed.kind) {
    case 'rows':
      return { file: seed.file, rows: await applyRows(transaction, seed.rows) };
    case 'function':
      await seed.run(seedContext(transaction, environment));
      return { file: seed.file };
  }
}

/** What a seed that is a function gets. */
export function seedContext(transaction: Transaction, environment: string): SeedContext {
  return { environment, transaction, repository: (table) => createRepository(table, transaction) };
}
