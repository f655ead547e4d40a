import { asc, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { columns } from '../../item.mjs';
import { item } from './drizzle-table.mjs';
import { openFile } from './file.mjs';

const given = sql.placeholder;

export async function open(place) {
  const file = openFile(place);
  const db = drizzle({ client: file });
  const get = db
    .select()
    .from(item)
    .where(eq(item.id, given('id')))
    .prepare();
  const list = db
    .select()
    .from(item)
    .where(eq(item.active, true))
    .orderBy(asc(item.id))
    .limit(given('limit'))
    .prepare();
  const insert = db
    .insert(item)
    .values(Object.fromEntries(columns.map((name) => [name, given(name)])))
    .returning()
    .prepare();
  const update = db
    .update(item)
    .set({ name: given('name'), age: given('age') })
    .where(eq(item.id, given('id')))
    .returning()
    .prepare();
  return {
    get: async (id) => (await get.execute({ id }))[0],
    list: (limit) => list.execute({ limit }),
    insert: async (row) => (await insert.execute(row))[0],
    update: async (id, patch) => (await update.execute({ ...patch, id }))[0],
    close: () => file.close(),
  };
}
