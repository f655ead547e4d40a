import type { Session } from '../../database/session.ts';
import type { Transaction } from '../../database/transaction.ts';
import { createRepository, type RepositoryOptions } from '../create-repository.ts';
import { bindReads } from './bind-reads.ts';
import { bindWrites } from './bind-writes.ts';
import { hookContext } from './hook-context.ts';
import type { InContext, ServiceParts } from './service-parts.ts';
import type { Service } from './service.ts';

/** The service of a table on one session: each call with its hooks in one transaction. */
export function bindService<Row extends object, Insert extends object, Patch extends object, Input, Change>(
  parts: ServiceParts<Row, Insert, Patch, Input, Change>,
  session: Session,
  options?: RepositoryOptions,
): Service<Row, Input, Change> {
  const repository = createRepository(parts.table, session, options);
  const inContext: InContext<Row, Insert, Patch> = async (work) => {
    const around = session.ambient ?? session;
    if (isTransaction(around)) return await work(hookContext(parts.table, around, options));
    return await session.transaction(async (transaction) => await work(hookContext(parts.table, transaction, options)));
  };
  return {
    ...bindReads(parts, repository, inContext),
    ...bindWrites(parts, inContext, options?.immutable === 'ignore'),
  };
}

function isTransaction(session: Session): session is Transaction {
  return session.inTransaction;
}
