import type { Transaction } from '../../database/transaction.ts';
import type { TableOf } from '../../schema/table/table.ts';
import { createRepository, type RepositoryOptions } from '../create-repository.ts';
import type { HookContext } from './service-hooks.ts';

/** What the hooks of a table work with in a transaction. */
export function hookContext<Row extends object, Insert extends object, Patch extends object>(
  table: TableOf<Row, Insert, Patch>,
  transaction: Transaction,
  options?: RepositoryOptions,
): HookContext<Row, Insert, Patch> {
  return {
    transaction,
    repository: createRepository(table, transaction, options),
    repositoryOf: (other) => createRepository(other, transaction, options),
  };
}
