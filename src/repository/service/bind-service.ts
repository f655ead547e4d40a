import type { Session } from '../../database/session.ts';
import type { Transaction } from '../../database/transaction.ts';
import { createRepository, type RepositoryOptions } from '../create-repository.ts';
import { bindReads } from './bind-reads.ts';
import { bindWrites } from './bind-writes.ts';
import type { HookContext } from './service-hooks.ts';
import type { InContext, ServiceParts } from './service-parts.ts';
import type { Service } from './service.ts';

/** The service of a table on one session: each call with its hooks in one transaction. */
export function bindService<Row extends object, Insert extends object, Patch extends object, Input, Change>(
  parts: ServiceParts<Row, Insert, Patch, Input, Change>,
  session: Session,
  options?: RepositoryOptions,
): Service<Row, Input, Change> {
  const repository = createRepository(parts.table, session, options);
  const contextOf = (transaction: Transaction): HookContext<Row, Insert, Patch> => ({
    transaction,
    repository: createRepository(parts.table, transaction, options),
    repositoryOf: (table) => createRepository(table, transaction, options),
  });
  const inContext: InContext<Row, Insert, Patch> = async (work) => {
    const around = session.ambient ?? session;
    if (isTransaction(around)) return await work(contextOf(around));
    return await session.transaction(async (transaction) => await work(contextOf(transaction)));
  };
  return {
    ...bindReads(parts.hooks, repository, inContext),
    ...bindWrites(parts, inContext, options?.immutable === 'ignore'),
  };
}

function isTransaction(session: Session): session is Transaction {
  return session.inTransaction;
}
