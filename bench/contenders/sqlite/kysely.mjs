import { Kysely, SqliteDialect } from 'kysely';
import { openFile } from './file.mjs';

/** Kysely leaves values as the library reads them, so they are put in their places by hand. */
export async function open(place) {
  const db = new Kysely({ dialect: new SqliteDialect({ database: openFile(place) }) });
  return {
    get: async (id) => decoded(await db.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirstOrThrow()),
    list: async (limit) => {
      const rows = await db.selectFrom('item').selectAll().where('active', '=', 1).orderBy('id').limit(limit).execute();
      return rows.map(decoded);
    },
    insert: async (row) =>
      decoded(await db.insertInto('item').values(encoded(row)).returningAll().executeTakeFirstOrThrow()),
    update: async (id, patch) =>
      decoded(await db.updateTable('item').set(patch).where('id', '=', id).returningAll().executeTakeFirstOrThrow()),
    insertMany: async (rows) =>
      Number((await db.insertInto('item').values(rows.map(encoded)).executeTakeFirst()).numInsertedOrUpdatedRows),
    close: () => db.destroy(),
  };
}

function decoded(row) {
  return { ...row, active: row.active === 1, created: new Date(row.created), data: JSON.parse(row.data) };
}

function encoded(row) {
  return {
    ...row,
    active: row.active ? 1 : 0,
    created: row.created.toISOString(),
    data: JSON.stringify(row.data),
  };
}
