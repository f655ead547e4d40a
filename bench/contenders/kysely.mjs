import { Kysely, MysqlDialect, PostgresDialect, SqliteDialect } from 'kysely';
import { jsonArrayFrom as postgresArray } from 'kysely/helpers/postgres';
import { jsonArrayFrom as sqliteArray } from 'kysely/helpers/sqlite';
import { inChunks } from './in-chunks.mjs';
import { mysqlPool, openFile, pgPool } from './pool.mjs';
import { reviveAuthors } from './revive.mjs';
import { pageOf } from './page-of.mjs';

/** What differs by engine: Kysely leaves values as the library reads them, so they are put in their places by hand. */
const engines = {
  postgresql: {
    dialect: (place) => new PostgresDialect({ pool: pgPool(place) }),
    array: postgresArray,
    decoded: (row) => row,
    encoded: (row) => row,
    decodedAuthor: (row) => row,
    moment: (date) => date,
    returns: true,
  },
  mariadb: {
    dialect: (place) => new MysqlDialect({ pool: mysqlPool(place) }),
    // Its helper for MySQL writes what MariaDB does not know.
    array: undefined,
    decoded: (row) => ({ ...row, active: row.active === 1 }),
    encoded: (row) => ({ ...row, active: row.active ? 1 : 0, data: JSON.stringify(row.data) }),
    decodedAuthor: (row) => ({ ...row, active: row.active === 1 }),
    moment: (date) => date,
    returns: false,
  },
  sqlite: {
    dialect: (place) => new SqliteDialect({ database: openFile(place) }),
    array: sqliteArray,
    decoded: (row) => ({
      ...row,
      active: row.active === 1,
      created: new Date(row.created),
      data: JSON.parse(row.data),
    }),
    encoded: (row) => ({
      ...row,
      active: row.active ? 1 : 0,
      created: row.created.toISOString(),
      data: JSON.stringify(row.data),
    }),
    decodedAuthor: (row) => ({
      ...row,
      active: row.active === 1,
      born: new Date(row.born),
      books: JSON.parse(row.books),
    }),
    moment: (date) => date.toISOString(),
    returns: true,
  },
};

export async function open(place) {
  const engine = engines[place.engine];
  const { decoded, encoded, array } = engine;
  const db = new Kysely({ dialect: engine.dialect(place) });
  const get = async (on, id) =>
    decoded(await on.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
  const update = async (on, id, patch) => {
    const query = on.updateTable('item').set(patch).where('id', '=', id);
    if (engine.returns) return decoded(await query.returningAll().executeTakeFirstOrThrow());
    await query.execute();
    return await get(on, id);
  };
  const insert = async (on, row) => {
    const query = on.insertInto('item').values(encoded(row));
    if (engine.returns) return decoded(await query.returningAll().executeTakeFirstOrThrow());
    return await get(on, Number((await query.executeTakeFirstOrThrow()).insertId));
  };
  const active = place.engine === 'postgresql' ? true : 1;
  const reviews = (eb) =>
    array(
      eb
        .selectFrom('review')
        .select(['review.id', 'review.book_id as bookId', 'review.stars', 'review.body'])
        .whereRef('review.book_id', '=', 'book.id')
        .orderBy('review.id'),
    ).as('reviews');
  const bookColumns = [
    'book.id',
    'book.author_id as authorId',
    'book.title',
    'book.pages',
    'book.price',
    'book.published',
  ];
  const authors = async (from, limit, isDeep) => {
    const rows = await db
      .selectFrom('author')
      .select(['id', 'name', 'born', 'active'])
      .select((eb) => {
        const books = eb.selectFrom('book').select(bookColumns).whereRef('book.author_id', '=', 'author.id');
        return array((isDeep ? books.select(reviews) : books).orderBy('book.id')).as('books');
      })
      .where('id', '>', from)
      .orderBy('id')
      .limit(limit)
      .execute();
    return reviveAuthors(rows.map(engine.decodedAuthor));
  };
  const page = async (limit, after) => {
    const query = db
      .selectFrom('item')
      .selectAll()
      .orderBy('created')
      .orderBy('id')
      .limit(limit + 1);
    if (after === undefined) return await query.execute();
    const created = engine.moment(after.created);
    return await query
      .where((eb) =>
        eb.or([eb('created', '>', created), eb.and([eb('created', '=', created), eb('id', '>', after.id)])]),
      )
      .execute();
  };
  const insertRows = async (rows) =>
    Number((await db.insertInto('item').values(rows.map(encoded)).executeTakeFirst()).numInsertedOrUpdatedRows);
  return {
    get: async (id) => await get(db, id),
    list: async (limit) => {
      const query = db.selectFrom('item').selectAll().where('active', '=', active).orderBy('id').limit(limit);
      return (await query.execute()).map(decoded);
    },
    page: async (limit, after) => pageOf((await page(limit, after)).map(decoded), limit),
    include: array && (async (from, limit) => await authors(from, limit, false)),
    includeDeep: array && (async (from, limit) => await authors(from, limit, true)),
    insert: async (row) => await insert(db, row),
    upsert: async (row) => {
      const query = db.insertInto('stock').values(row);
      const { quantity, price } = row;
      if (!engine.returns) {
        await query.onDuplicateKeyUpdate({ quantity, price }).execute();
        return await db.selectFrom('stock').selectAll().where('sku', '=', row.sku).executeTakeFirstOrThrow();
      }
      return await query
        .onConflict((conflict) => conflict.column('sku').doUpdateSet({ quantity, price }))
        .returningAll()
        .executeTakeFirstOrThrow();
    },
    update: async (id, patch) => await update(db, id, patch),
    transact: async (id, patch, row) =>
      await db.transaction().execute(async (transaction) => {
        await get(transaction, id);
        await update(transaction, id, patch);
        return await insert(transaction, row);
      }),
    insertMany: async (rows) => await inChunks(rows, place.engine, insertRows),
    close: () => db.destroy(),
  };
}
