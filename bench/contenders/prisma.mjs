import { inChunks } from './in-chunks.mjs';
import { pageOf } from './page-of.mjs';

const adapters = {
  postgresql: async ({ address, connections }) => {
    const { PrismaPg } = await import('@prisma/adapter-pg');
    return new PrismaPg({ ...address, max: connections });
  },
  mariadb: async ({ address, connections }) => {
    const { PrismaMariaDb } = await import('@prisma/adapter-mariadb');
    return new PrismaMariaDb({ ...address, connectionLimit: connections, timezone: 'Z' });
  },
  sqlite: async ({ file }) => {
    const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
    return new PrismaBetterSqlite3({ url: `file:${file}` });
  },
};

/** Prisma without its engine program: the client compiles queries itself and runs them over the client library. */
export async function open(place) {
  const { PrismaClient } = await import(`../node_modules/.prisma-${place.engine}/index.js`);
  const client = new PrismaClient({ adapter: await adapters[place.engine](place) });
  const books = { orderBy: { id: 'asc' } };
  const reviewedBooks = { ...books, include: { reviews: { orderBy: { id: 'asc' } } } };
  const authors = (from, take, include) =>
    client.author.findMany({ where: { id: { gt: from } }, orderBy: { id: 'asc' }, take, include });
  const insertRows = async (data) => (await client.item.createMany({ data })).count;
  const get = (on, id) => on.item.findUniqueOrThrow({ where: { id } });
  const update = (on, id, data) => on.item.update({ where: { id }, data });
  const insert = (on, data) => on.item.create({ data });
  return {
    get: (id) => get(client, id),
    list: (take) => client.item.findMany({ where: { active: true }, orderBy: { id: 'asc' }, take }),
    page: async (limit, after) => {
      const from = after === undefined ? {} : { cursor: { id: after.id }, skip: 1 };
      const orderBy = [{ created: 'asc' }, { id: 'asc' }];
      return pageOf(await client.item.findMany({ orderBy, take: limit + 1, ...from }), limit);
    },
    include: (from, limit) => authors(from, limit, { books }),
    // On SQLite it refuses: its second query would name a thousand books, and it allows no more than 999 parameters.
    includeDeep:
      place.engine === 'sqlite' ? undefined : (from, limit) => authors(from, limit, { books: reviewedBooks }),
    insert: (data) => insert(client, data),
    upsert: (create) => {
      const { sku, quantity, price } = create;
      return client.stock.upsert({ where: { sku }, create, update: { quantity, price } });
    },
    update: (id, data) => update(client, id, data),
    transact: (id, patch, row) =>
      client.$transaction(async (transaction) => {
        await get(transaction, id);
        await update(transaction, id, patch);
        return await insert(transaction, row);
      }),
    insertMany: (rows) => inChunks(rows, place.engine, insertRows),
    close: () => client.$disconnect(),
  };
}
