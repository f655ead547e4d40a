import { benchSchema } from '../schema.mjs';

/** Rowhouse as a service uses it; the same code for all engines. `build` is the folder of the build to measure. */
export async function open({ build, url, connections = 1, engine }) {
  const rowhouse = await import(`${build}/index.js`);
  const { tables, library } = benchSchema(rowhouse);
  const pool = engine === 'sqlite' ? {} : { DATABASE_POOL_SIZE: String(connections), DATABASE_MAX_POOL_OVERFLOW: '0' };
  const database = await rowhouse.connect(tables, rowhouse.fromEnvironment({ DATABASE_URL: url, ...pool }));
  const items = database.repository(tables.item);
  const stocks = database.repository(tables.stock);
  const authors = database.repository(library.author);
  const books = { order: ['id'] };
  const reviewedBooks = { order: ['id'], include: { reviews: { order: ['id'] } } };
  return {
    get: (id) => items.get(id),
    list: (limit) => items.list({ where: { active: true }, order: ['id'], limit }),
    page: (limit, after) => items.page({ order: ['created'], limit, after }),
    include: (from, limit) => authors.list({ where: { id: { gt: from } }, order: ['id'], limit, include: { books } }),
    includeDeep: (from, limit) =>
      authors.list({ where: { id: { gt: from } }, order: ['id'], limit, include: { books: reviewedBooks } }),
    insert: (row) => items.insert(row),
    upsert: async (row) => (await stocks.upsert(row, { match: ['sku'] })).row,
    update: (id, patch) => items.update(id, patch),
    transact: (id, patch, row) =>
      database.transaction(async (transaction) => {
        const mine = transaction.repository(tables.item);
        await mine.get(id);
        await mine.update(id, patch);
        return await mine.insert(row);
      }),
    insertMany: (rows) => items.insertMany(rows),
    close: () => database.close(),
  };
}
