import { mysqlPool, openFile, pgPool } from '../pool.mjs';
import { drizzleTables } from './tables.mjs';

/**
 * Drizzle over the library's own client, with relations declared the way this version of it does. What it writes for
 * related rows MariaDB does not know: lateral joins.
 */
export async function connectDrizzle(place, { library }) {
  const { engine } = place;
  const tables = await drizzleTables(library, engine);
  const operators = await import(library);
  const { drizzle } = await import(`${library}/${adapters[engine]}`);
  const client = clients[engine](place);
  const declared =
    operators.defineRelations === undefined ? oldRelations(operators, tables) : newRelations(operators, tables);
  const db = drizzle({ client, ...(engine === 'mariadb' ? { mode: 'default' } : {}), ...declared });
  return {
    db,
    tables,
    operators,
    engine,
    isNew: 'relations' in declared,
    hasRelated: engine !== 'mariadb',
    close: () => closers[engine](client),
  };
}

const adapters = { postgresql: 'node-postgres', mariadb: 'mysql2', sqlite: 'better-sqlite3' };

const clients = { postgresql: pgPool, mariadb: mysqlPool, sqlite: openFile };

const closers = {
  postgresql: (pool) => pool.end(),
  mariadb: (pool) => new Promise((resolve) => pool.end(resolve)),
  sqlite: (file) => file.close(),
};

/** Before version 1. */
function oldRelations({ relations }, tables) {
  const { author, book, review } = tables;
  return {
    schema: {
      ...tables,
      authorRelations: relations(author, ({ many }) => ({ books: many(book) })),
      bookRelations: relations(book, ({ one, many }) => ({
        author: one(author, { fields: [book.authorId], references: [author.id] }),
        reviews: many(review),
      })),
      reviewRelations: relations(review, ({ one }) => ({
        book: one(book, { fields: [review.bookId], references: [book.id] }),
      })),
    },
  };
}

/** From version 1 on. */
function newRelations({ defineRelations }, tables) {
  return {
    relations: defineRelations(tables, (r) => ({
      author: { books: r.many.book({ from: r.author.id, to: r.book.authorId }) },
      book: { reviews: r.many.review({ from: r.book.id, to: r.review.bookId }) },
    })),
  };
}
