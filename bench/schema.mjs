import { authorOf, bookOf, itemOf, reviewOf, seeded, stockOf } from './data.mjs';

/** The tables of a run as Rowhouse defines them: it also makes and fills them, so that all contenders find the same. */
export function benchSchema(rowhouse) {
  const { boolean, double, index, integer, json, relations, table, text, timestamptz } = rowhouse;
  const item = table(
    'item',
    {
      id: integer().identity().primaryKey(),
      name: text(),
      email: text(),
      age: integer(),
      active: boolean(),
      score: double(),
      created: timestamptz({ precision: 3 }),
      data: json(),
    },
    (t) => [index(t.created, t.id)],
  );
  const stock = table('stock', {
    id: integer().identity().primaryKey(),
    sku: text({ max: 40 }).unique(),
    quantity: integer(),
    price: double(),
  });
  const author = table('author', {
    id: integer().primaryKey(),
    name: text(),
    born: timestamptz({ precision: 3 }),
    active: boolean(),
  });
  const book = table('book', {
    id: integer().primaryKey(),
    authorId: integer()
      .references(() => author.id)
      .index(),
    title: text(),
    pages: integer(),
    price: double(),
    published: timestamptz({ precision: 3 }),
  });
  const review = table('review', {
    id: integer().primaryKey(),
    bookId: integer()
      .references(() => book.id)
      .index(),
    stars: integer(),
    body: text(),
  });
  const tables = { item, stock, author, book, review };
  const library = relations(tables, (r) => ({
    author: { books: r.many.book() },
    book: { author: r.one.author(), reviews: r.many.review() },
    review: { book: r.one.book() },
  }));
  return { tables, library };
}

/** Makes the tables in an empty database and fills them. */
export async function seedDatabase(build, url) {
  const rowhouse = await import(`${build}/index.js`);
  const { createSchema } = await import(`${build}/testing/index.js`);
  const { tables } = benchSchema(rowhouse);
  await using database = await rowhouse.connect(tables, rowhouse.fromUrl(url));
  await createSchema(database, tables);
  const { items, authors, booksPerAuthor, reviewsPerBook, stocks } = seeded;
  const books = authors * booksPerAuthor;
  await database.repository(tables.item).insertMany(rowsOf(items, withId(itemOf)));
  await database.repository(tables.stock).insertMany(rowsOf(stocks, withId(stockOf)));
  await database.repository(tables.author).insertMany(rowsOf(authors, authorOf));
  await database.repository(tables.book).insertMany(rowsOf(books, bookOf));
  await database.repository(tables.review).insertMany(rowsOf(books * reviewsPerBook, reviewOf));
}

/** Numbered here: a server may leave gaps. */
function withId(rowOf) {
  return (id) => ({ id, ...rowOf(id) });
}

function rowsOf(count, rowOf) {
  return Array.from({ length: count }, (_, at) => rowOf(at + 1));
}
