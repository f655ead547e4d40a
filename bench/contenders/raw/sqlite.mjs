import { open as openBare } from './sqlite-bare.mjs';

/** The bare calls behind promises, as in any interface that also serves a server. */
export async function open(place) {
  const bare = await openBare(place);
  return {
    get: async (id) => bare.get(id),
    list: async (limit) => bare.list(limit),
    page: async (limit, after) => bare.page(limit, after),
    include: async (from, limit) => bare.include(from, limit),
    includeDeep: async (from, limit) => bare.includeDeep(from, limit),
    insert: async (row) => bare.insert(row),
    upsert: async (row) => bare.upsert(row),
    update: async (id, patch) => bare.update(id, patch),
    transact: async (id, patch, row) => bare.transact(id, patch, row),
    insertMany: async (rows) => bare.insertMany(rows),
    close: async () => void bare.close(),
  };
}
