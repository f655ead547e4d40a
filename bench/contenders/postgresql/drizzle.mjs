import { asc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { item } from './drizzle-table.mjs';
import { poolOf } from './pool.mjs';

export async function open(place) {
  const pool = poolOf(place);
  const db = drizzle({ client: pool });
  return {
    get: async (id) => (await db.select().from(item).where(eq(item.id, id)))[0],
    list: (limit) => db.select().from(item).where(eq(item.active, true)).orderBy(asc(item.id)).limit(limit),
    insert: async (row) => (await db.insert(item).values(row).returning())[0],
    update: async (id, patch) => (await db.update(item).set(patch).where(eq(item.id, id)).returning())[0],
    insertMany: async (rows) => (await db.insert(item).values(rows)).rowCount,
    close: () => pool.end(),
  };
}
