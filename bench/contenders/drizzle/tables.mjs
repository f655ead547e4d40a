/** The tables as Drizzle wants them: one way for each engine. `library` is the package, so that two versions can run. */
export async function drizzleTables(library, engine) {
  const core = await import(`${library}/${cores[engine]}`);
  return makers[engine](core);
}

const cores = { postgresql: 'pg-core', mariadb: 'mysql-core', sqlite: 'sqlite-core' };

const makers = {
  postgresql({ pgTable, boolean, doublePrecision, integer, jsonb, text, timestamp }) {
    const moment = (name) => timestamp(name, { withTimezone: true, precision: 3 }).notNull();
    const identity = () => integer('id').primaryKey().generatedByDefaultAsIdentity();
    const types = { integer, text, double: doublePrecision, boolean, json: jsonb, moment };
    return tablesOf(pgTable, { ...types, identity });
  },
  mariadb({ mysqlTable, boolean, customType, datetime, double, int, varchar }) {
    // The driver has parsed it already, and the library would leave the rest to it.
    const json = customType({ dataType: () => 'json', toDriver: (value) => JSON.stringify(value) });
    const moment = (name) => datetime(name, { fsp: 3 }).notNull();
    const text = (name) => varchar(name, { length: 255 });
    const identity = () => int('id').primaryKey().autoincrement();
    return tablesOf(mysqlTable, { integer: int, text, double, boolean, json, moment, identity });
  },
  sqlite({ sqliteTable, customType, integer, real, text }) {
    const momentText = customType({
      dataType: () => 'text',
      toDriver: (value) => value.toISOString(),
      fromDriver: (value) => new Date(value),
    });
    const moment = (name) => momentText(name).notNull();
    const boolean = (name) => integer(name, { mode: 'boolean' });
    const json = (name) => text(name, { mode: 'json' });
    const identity = () => integer('id').primaryKey();
    return tablesOf(sqliteTable, { integer, text, double: real, boolean, json, moment, identity });
  },
};

function tablesOf(table, { integer, text, double, boolean, json, moment, identity }) {
  const item = table('item', {
    id: identity(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    age: integer('age').notNull(),
    active: boolean('active').notNull(),
    score: double('score').notNull(),
    created: moment('created'),
    data: json('data').notNull(),
  });
  const stock = table('stock', {
    id: identity(),
    sku: text('sku').notNull().unique(),
    quantity: integer('quantity').notNull(),
    price: double('price').notNull(),
  });
  const author = table('author', {
    id: integer('id').primaryKey(),
    name: text('name').notNull(),
    born: moment('born'),
    active: boolean('active').notNull(),
  });
  const book = table('book', {
    id: integer('id').primaryKey(),
    authorId: integer('author_id').notNull(),
    title: text('title').notNull(),
    pages: integer('pages').notNull(),
    price: double('price').notNull(),
    published: moment('published'),
  });
  const review = table('review', {
    id: integer('id').primaryKey(),
    bookId: integer('book_id').notNull(),
    stars: integer('stars').notNull(),
    body: text('body').notNull(),
  });
  return { item, stock, author, book, review };
}
