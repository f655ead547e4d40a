import type { Session } from '../../database/session.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { TableOf } from '../../schema/table/table.ts';
import { createRepository, type RepositoryOptions } from '../create-repository.ts';
import type { HookContext, Service, ServiceHooks } from './table-service.ts';

/** The service of a table on one session: each write with its hooks in one transaction. */
export function bindService<Row extends object, Insert extends object, Patch extends object, Input, Change>(
  table: TableOf<Row, Insert, Patch>,
  hooks: ServiceHooks<Row, Insert, Patch, Input, Change>,
  session: Session,
  options?: RepositoryOptions,
): Service<Row, Input, Change> {
  const reads = createRepository(table, session, options);
  const write = async <T>(work: (context: HookContext<Row, Insert, Patch>) => Promise<T>): Promise<T> => {
    if (isTransaction(session)) return await work({ transaction: session, repository: reads });
    return await session.transaction(
      async (transaction) => await work({ transaction, repository: createRepository(table, transaction, options) }),
    );
  };
  return {
    get: async (key, options) => await reads.get(key, options),
    list: async (options) => await reads.list(options),
    page: async (options) => await reads.page(options),
    search: async (text, options) => await reads.search(text, options),
    create: async (input) => await write(async (context) => await create(input, hooks, context)),
    update: async (key, change) =>
      await write(async (context) => {
        const patch = hooks.beforeUpdate
          ? await hooks.beforeUpdate(change, context, key)
          : (change as unknown as Patch);
        const row = await context.repository.update(key, patch);
        await hooks.afterUpdate?.(row, context);
        return row;
      }),
    delete: async (key) =>
      await write(async (context) => {
        await hooks.beforeDelete?.(key, context);
        await context.repository.delete(key);
        await hooks.afterDelete?.(key, context);
      }),
    restore: async (key) =>
      await write(async (context) => {
        const row = await context.repository.restore(key);
        await hooks.afterRestore?.(row, context);
        return row;
      }),
  };
}

/** Without a hook the input is the insert: what the table does not know is `FIELD_UNKNOWN` there. */
async function create<Row, Insert, Patch, Input, Change>(
  input: Input,
  hooks: ServiceHooks<Row, Insert, Patch, Input, Change>,
  context: HookContext<Row, Insert, Patch>,
): Promise<Row> {
  const values = hooks.beforeCreate ? await hooks.beforeCreate(input, context) : (input as unknown as Insert);
  const row = await context.repository.insert(values);
  await hooks.afterCreate?.(row, context);
  return row;
}

function isTransaction(session: Session): session is Transaction {
  return session.inTransaction;
}
