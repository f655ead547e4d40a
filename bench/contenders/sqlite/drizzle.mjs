import { asc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { item } from './drizzle-table.mjs';
import { openFile } from './file.mjs';

export async function open(place) {
  const file = openFile(place);
  const db = drizzle({ client: file });
  return {
    get: async (id) => (await db.select().from(item).where(eq(item.id, id)))[0],
    list: (limit) => db.select().from(item).where(eq(item.active, true)).orderBy(asc(item.id)).limit(limit),
    insert: async (row) => (await db.insert(item).values(row).returning())[0],
    update: async (id, patch) => (await db.update(item).set(patch).where(eq(item.id, id)).returning())[0],
    insertMany: async (rows) => (await db.insert(item).values(rows)).changes,
    close: () => file.close(),
  };
}
