import { Kysely, PostgresDialect } from 'kysely';
import { poolOf } from './pool.mjs';

export async function open(place) {
  const db = new Kysely({ dialect: new PostgresDialect({ pool: poolOf(place) }) });
  return {
    get: (id) => db.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    list: (limit) => db.selectFrom('item').selectAll().where('active', '=', true).orderBy('id').limit(limit).execute(),
    insert: (row) => db.insertInto('item').values(row).returningAll().executeTakeFirstOrThrow(),
    update: (id, patch) =>
      db.updateTable('item').set(patch).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),
    insertMany: async (rows) =>
      Number((await db.insertInto('item').values(rows).executeTakeFirst()).numInsertedOrUpdatedRows),
    close: () => db.destroy(),
  };
}
