import 'reflect-metadata';
import { Between, DataSource, EntitySchema, MoreThan } from 'typeorm';
import { inChunks } from './in-chunks.mjs';
import { pageOf } from './page-of.mjs';
import { fileSettings } from './pool.mjs';

const moment = {
  postgresql: { type: 'timestamptz' },
  mariadb: { type: 'datetime', precision: 3 },
  sqlite: {
    type: 'text',
    transformer: {
      to: (value) => (value instanceof Date ? value.toISOString() : value),
      from: (text) => new Date(text),
    },
  },
};
const json = { postgresql: { type: 'jsonb' }, mariadb: { type: 'json' }, sqlite: { type: 'simple-json' } };

const connections = {
  postgresql: ({ address, connections: max }) => ({ type: 'postgres', ...server(address), poolSize: max }),
  mariadb: ({ address, connections: max }) => ({ type: 'mariadb', ...server(address), poolSize: max, timezone: 'Z' }),
  sqlite: ({ file }) => ({
    type: 'better-sqlite3',
    database: file,
    prepareDatabase: (database) => database.exec(fileSettings),
  }),
};

function server({ host, port, user, password, database }) {
  return { host, port, username: user, password, database };
}

/** TypeORM's query builder for writes: `save` would read before it writes. */
export async function open(place) {
  const { engine } = place;
  const source = new DataSource({ ...connections[engine](place), entities: entitiesOf(engine) });
  await source.initialize();
  const items = source.getRepository('item');
  const authors = source.getRepository('author');
  const get = (on, id) => on.findOneByOrFail({ id });
  const insert = async (on, row) => {
    const entity = on.create(row);
    await on.insert(entity);
    return entity;
  };
  const update = async (on, id, patch) => {
    await on.update(id, patch);
    return await get(on, id);
  };
  // With `take` and an order of the related rows it leaves parents out.
  const related = (from, count, relations, order) =>
    authors.find({ where: { id: Between(from + 1, from + count) }, order: { id: 'asc', ...order }, relations });
  const insertRows = async (rows) => {
    await items.createQueryBuilder().insert().values(rows).updateEntity(false).execute();
    return rows.length;
  };
  return {
    get: (id) => get(items, id),
    list: (take) => items.find({ where: { active: true }, order: { id: 'asc' }, take }),
    page: async (limit, after) => {
      const where = after && [{ created: MoreThan(after.created) }, { created: after.created, id: MoreThan(after.id) }];
      return pageOf(await items.find({ where, order: { created: 'asc', id: 'asc' }, take: limit + 1 }), limit);
    },
    include: (from, limit) => related(from, limit, { books: true }, { books: { id: 'asc' } }),
    includeDeep: (from, limit) =>
      related(from, limit, { books: { reviews: true } }, { books: { id: 'asc', reviews: { id: 'asc' } } }),
    insert: (row) => insert(items, row),
    upsert: async (row) => {
      const stocks = source.getRepository('stock');
      await stocks.upsert(row, ['sku']);
      return await stocks.findOneByOrFail({ sku: row.sku });
    },
    update: (id, patch) => update(items, id, patch),
    transact: (id, patch, row) =>
      source.transaction(async (manager) => {
        const mine = manager.getRepository('item');
        await get(mine, id);
        await update(mine, id, patch);
        return await insert(mine, row);
      }),
    insertMany: (rows) => inChunks(rows, engine, insertRows),
    close: () => source.destroy(),
  };
}

function entitiesOf(engine) {
  const double = { type: engine === 'postgresql' ? 'double precision' : 'double' };
  const key = { type: 'integer', primary: true };
  const entity = (name, columns, relations = {}) => new EntitySchema({ name, tableName: name, columns, relations });
  return [
    entity('item', {
      id: { ...key, generated: 'increment' },
      name: { type: 'text' },
      email: { type: 'text' },
      age: { type: 'integer' },
      active: { type: 'boolean' },
      score: double,
      created: moment[engine],
      data: json[engine],
    }),
    entity('stock', {
      id: { ...key, generated: 'increment' },
      sku: { type: 'varchar', length: 40, unique: true },
      quantity: { type: 'integer' },
      price: double,
    }),
    entity(
      'author',
      { id: key, name: { type: 'text' }, born: moment[engine], active: { type: 'boolean' } },
      { books: { type: 'one-to-many', target: 'book', inverseSide: 'author' } },
    ),
    entity(
      'book',
      {
        id: key,
        authorId: { type: 'integer', name: 'author_id' },
        title: { type: 'text' },
        pages: { type: 'integer' },
        price: double,
        published: moment[engine],
      },
      {
        author: { type: 'many-to-one', target: 'author', joinColumn: { name: 'author_id' }, inverseSide: 'books' },
        reviews: { type: 'one-to-many', target: 'review', inverseSide: 'book' },
      },
    ),
    entity(
      'review',
      {
        id: key,
        bookId: { type: 'integer', name: 'book_id' },
        stars: { type: 'integer' },
        body: { type: 'text' },
      },
      { book: { type: 'many-to-one', target: 'book', joinColumn: { name: 'book_id' }, inverseSide: 'reviews' } },
    ),
  ];
}
