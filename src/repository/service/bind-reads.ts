import type { IncludeOptions } from '../include/include-tree.ts';
import type { ReadOptions, Repository } from '../repository.ts';
import { afterBranches, beforeBranches, hookedBranches, seenRows } from './included-reads.ts';
import type { ServiceRead } from './service-hooks.ts';
import type { Service } from './service.ts';
import type { InContext, ServiceParts } from './service-parts.ts';

type Reads<Row, Input, Change> = Pick<
  Service<Row, Input, Change>,
  'get' | 'find' | 'list' | 'page' | 'search' | 'count' | 'estimateCount' | 'exists'
>;

/** The reading half of a service. Without hooks for reads it is the repository's own. */
export function bindReads<Row extends object, Insert extends object, Patch extends object, Input, Change>(
  { hooks, related }: Pick<ServiceParts<Row, Insert, Patch, Input, Change>, 'hooks' | 'related'>,
  plain: Repository<Row, Insert, Patch>,
  inContext: InContext<Row, Insert, Patch>,
): Reads<Row, Input, Change> {
  const isPlain = hooks.beforeRead === undefined && hooks.afterRead === undefined;
  const around = async <T>(
    read: ServiceRead,
    options: (ReadOptions & IncludeOptions) | undefined,
    work: (repository: Repository<Row, Insert, Patch>, seen: SeenBy<Row>) => Promise<T>,
  ): Promise<T> => {
    const branches = hookedBranches(options?.include, related);
    if (isPlain && branches.length === 0) return await work(plain, async (rows) => rows);
    return await inContext(async (context) => {
      const { transaction, repository } = context;
      await hooks.beforeRead?.(read, context);
      await beforeBranches(branches, transaction);
      return await work(repository, async (rows) => {
        return await seenRows(await afterBranches(rows, branches, transaction), hooks, context);
      });
    });
  };
  return {
    get: async (key, options) =>
      await around({ verb: 'get', key }, options, async (rows, seen) =>
        only(await seen([await rows.get(key, options)])),
      ),
    find: async (key, options) =>
      await around({ verb: 'find', key }, options, async (rows, seen) => {
        const row = await rows.find(key, options);
        return row === undefined ? undefined : only(await seen([row]));
      }),
    list: async (options) =>
      await around({ verb: 'list' }, options, async (rows, seen) => await seen(await rows.list(options))),
    page: async (options) =>
      await around({ verb: 'page' }, options, async (rows, seen) => {
        const page = await rows.page(options);
        return { ...page, rows: await seen([...page.rows]) };
      }),
    search: async (text, options) =>
      await around({ verb: 'search' }, options, async (rows, seen) => await seen(await rows.search(text, options))),
    count: async (where, options) =>
      await around({ verb: 'count' }, undefined, async (rows) => await rows.count(where, options)),
    estimateCount: async (where, options) =>
      await around({ verb: 'count' }, undefined, async (rows) => await rows.estimateCount(where, options)),
    exists: async (where, options) =>
      await around({ verb: 'exists' }, undefined, async (rows) => await rows.exists(where, options)),
  };
}

/** The rows as the caller gets them. */
type SeenBy<Row> = (rows: Row[]) => Promise<Row[]>;

function only<Row>(rows: readonly Row[]): Row {
  return rows[0] as Row;
}
