import type { Repository } from '../repository.ts';
import type { HookContext, ServiceHooks, ServiceRead } from './service-hooks.ts';
import type { Service } from './service.ts';
import type { InContext } from './service-parts.ts';

type Reads<Row, Input, Change> = Pick<
  Service<Row, Input, Change>,
  'get' | 'find' | 'list' | 'page' | 'search' | 'count' | 'exists'
>;

/** The reading half of a service. Without hooks for reads it is the repository's own. */
export function bindReads<Row, Insert, Patch, Input, Change>(
  hooks: ServiceHooks<Row, Insert, Patch, Input, Change>,
  plain: Repository<Row, Insert, Patch>,
  inContext: InContext<Row, Insert, Patch>,
): Reads<Row, Input, Change> {
  const isPlain = hooks.beforeRead === undefined && hooks.afterRead === undefined;
  const around = async <T>(
    read: ServiceRead,
    work: (repository: Repository<Row, Insert, Patch>, seen: SeenBy<Row>) => Promise<T>,
  ): Promise<T> => {
    if (isPlain) return await work(plain, async (rows) => rows);
    return await inContext(async (context) => {
      await hooks.beforeRead?.(read, context);
      return await work(context.repository, async (rows) => await seenRows(rows, hooks, context));
    });
  };
  return {
    get: async (key, options) =>
      await around({ verb: 'get', key }, async (rows, seen) => only(await seen([await rows.get(key, options)]))),
    find: async (key, options) =>
      await around({ verb: 'find', key }, async (rows, seen) => {
        const row = await rows.find(key, options);
        return row === undefined ? undefined : only(await seen([row]));
      }),
    list: async (options) => await around({ verb: 'list' }, async (rows, seen) => await seen(await rows.list(options))),
    page: async (options) =>
      await around({ verb: 'page' }, async (rows, seen) => {
        const page = await rows.page(options);
        return { ...page, rows: await seen([...page.rows]) };
      }),
    search: async (text, options) =>
      await around({ verb: 'search' }, async (rows, seen) => await seen(await rows.search(text, options))),
    count: async (where, options) => await around({ verb: 'count' }, async (rows) => await rows.count(where, options)),
    exists: async (where, options) =>
      await around({ verb: 'exists' }, async (rows) => await rows.exists(where, options)),
  };
}

/** The rows as the caller gets them. */
type SeenBy<Row> = (rows: Row[]) => Promise<Row[]>;

async function seenRows<Row, Insert, Patch, Input, Change>(
  rows: Row[],
  hooks: ServiceHooks<Row, Insert, Patch, Input, Change>,
  context: HookContext<Row, Insert, Patch>,
): Promise<Row[]> {
  if (hooks.afterRead === undefined) return rows;
  const seen: Row[] = [];
  for (const row of rows) seen.push(await hooks.afterRead(row, context));
  return seen;
}

function only<Row>(rows: readonly Row[]): Row {
  return rows[0] as Row;
}
