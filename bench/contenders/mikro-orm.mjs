import { EntitySchema, Type } from '@mikro-orm/core';
import { inChunks } from './in-chunks.mjs';
import { pageOf } from './page-of.mjs';
import { fileSettings } from './pool.mjs';

/** The library would store a moment in SQLite as a number. */
class MomentText extends Type {
  convertToDatabaseValue(value) {
    return value instanceof Date ? value.toISOString() : value;
  }

  convertToJSValue(text) {
    return new Date(text);
  }

  getColumnType() {
    return 'text';
  }
}

const engines = {
  postgresql: {
    library: '@mikro-orm/postgresql',
    moment: { type: 'Date', columnType: 'timestamptz(3)' },
    connection: ({ address, connections }) => ({ ...server(address), pool: { min: 1, max: connections } }),
  },
  mariadb: {
    library: '@mikro-orm/mariadb',
    moment: { type: 'Date', columnType: 'datetime(3)' },
    connection: ({ address, connections }) => ({
      ...server(address),
      pool: { min: 1, max: connections },
      timezone: 'Z',
    }),
  },
  sqlite: {
    library: '@mikro-orm/sqlite',
    moment: { type: MomentText },
    connection: ({ file }) => ({
      dbName: file,
      onCreateConnection: (connection) => connection.exec?.(fileSettings),
    }),
  },
};

function server({ host, port, user, password, database }) {
  return { host, port, user, password, dbName: database };
}

/** MikroORM with a fork a call, as in a request; its own insert and update statements where it has them. */
export async function open(place) {
  const { engine } = place;
  const { library, moment, connection } = engines[engine];
  const { MikroORM } = await import(library);
  const orm = new MikroORM({ ...connection(place), entities: entitiesOf(moment), debug: false });
  await orm.connect?.();
  const get = (em, id) => em.findOneOrFail('Item', { id });
  const insert = async (em, row) => await get(em, await em.insert('Item', row));
  const update = async (em, id, patch) => {
    await em.nativeUpdate('Item', { id }, patch);
    return await get(em, id);
  };
  const related = (from, limit, populate, order) =>
    orm.em.fork().find('Author', { id: { $gt: from } }, { populate, orderBy: { id: 'asc', ...order }, limit });
  const insertRows = async (rows) => {
    await orm.em.fork().insertMany('Item', rows);
    return rows.length;
  };
  return {
    get: (id) => get(orm.em.fork(), id),
    list: (limit) => orm.em.fork().find('Item', { active: true }, { orderBy: { id: 'asc' }, limit }),
    page: async (limit, after) => {
      const where = after && {
        $or: [{ created: { $gt: after.created } }, { created: after.created, id: { $gt: after.id } }],
      };
      const orderBy = { created: 'asc', id: 'asc' };
      return pageOf(await orm.em.fork().find('Item', where ?? {}, { orderBy, limit: limit + 1 }), limit);
    },
    include: (from, limit) => related(from, limit, ['books'], { books: { id: 'asc' } }),
    includeDeep: (from, limit) =>
      related(from, limit, ['books.reviews'], { books: { id: 'asc', reviews: { id: 'asc' } } }),
    insert: (row) => insert(orm.em.fork(), row),
    upsert: (row) => orm.em.fork().upsert('Stock', row),
    update: (id, patch) => update(orm.em.fork(), id, patch),
    transact: (id, patch, row) =>
      orm.em.fork().transactional(async (em) => {
        await get(em, id);
        await update(em, id, patch);
        return await insert(em, row);
      }),
    insertMany: (rows) => inChunks(rows, engine, insertRows),
    plain,
    close: () => orm.close(),
  };
}

/** Entities as the objects that everybody else gives; only for looking at the answer. */
function plain(answer) {
  if (typeof answer !== 'object') return answer;
  if (Array.isArray(answer)) return answer.map(plain);
  if (answer.rows !== undefined) return { ...answer, rows: answer.rows.map(plain) };
  const { book: _book, author: _author, ...row } = answer;
  const lists = Object.entries(row).filter(([, value]) => value?.getItems !== undefined);
  const shown = lists.flatMap(([name, list]) => (list.isInitialized() ? [[name, list.getItems().map(plain)]] : []));
  return {
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value?.getItems === undefined)),
    ...Object.fromEntries(shown),
  };
}

function entitiesOf(moment) {
  const key = { type: 'integer', primary: true };
  const text = { type: 'text' };
  const integer = { type: 'integer' };
  const double = { type: 'double' };
  const entity = (name, properties) => new EntitySchema({ name, tableName: name.toLowerCase(), properties });
  return [
    entity('Item', {
      id: { ...key, autoincrement: true },
      name: text,
      email: text,
      age: integer,
      active: { type: 'boolean' },
      score: double,
      created: moment,
      data: { type: 'json' },
    }),
    entity('Stock', {
      id: { ...key, autoincrement: true },
      sku: { type: 'string', unique: true },
      quantity: integer,
      price: double,
    }),
    entity('Author', {
      id: key,
      name: text,
      born: moment,
      active: { type: 'boolean' },
      books: { kind: '1:m', entity: () => 'Book', mappedBy: 'author' },
    }),
    entity('Book', {
      id: key,
      authorId: { type: 'integer', fieldName: 'author_id', persist: false },
      author: { kind: 'm:1', entity: () => 'Author', fieldName: 'author_id' },
      title: text,
      pages: integer,
      price: double,
      published: moment,
      reviews: { kind: '1:m', entity: () => 'Review', mappedBy: 'book' },
    }),
    entity('Review', {
      id: key,
      bookId: { type: 'integer', fieldName: 'book_id', persist: false },
      book: { kind: 'm:1', entity: () => 'Book', fieldName: 'book_id' },
      stars: integer,
      body: text,
    }),
  ];
}
