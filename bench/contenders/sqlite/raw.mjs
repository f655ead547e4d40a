import { open as openBare } from './raw-bare.mjs';

/** The bare calls behind promises, as in any interface that also serves a server. */
export async function open(place) {
  const bare = await openBare(place);
  return {
    get: async (id) => bare.get(id),
    list: async (limit) => bare.list(limit),
    insert: async (row) => bare.insert(row),
    update: async (id, patch) => bare.update(id, patch),
    insertMany: async (rows) => bare.insertMany(rows),
    close: async () => void bare.close(),
  };
}
