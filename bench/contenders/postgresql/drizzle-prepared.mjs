import { asc, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { columns } from '../../item.mjs';
import { item } from './drizzle-table.mjs';
import { poolOf } from './pool.mjs';

const given = sql.placeholder;

export async function open(place) {
  const pool = poolOf(place);
  const db = drizzle({ client: pool });
  const get = db
    .select()
    .from(item)
    .where(eq(item.id, given('id')))
    .prepare('get');
  const list = db
    .select()
    .from(item)
    .where(eq(item.active, true))
    .orderBy(asc(item.id))
    .limit(given('limit'))
    .prepare('list');
  const insert = db
    .insert(item)
    .values(Object.fromEntries(columns.map((name) => [name, given(name)])))
    .returning()
    .prepare('insert');
  const update = db
    .update(item)
    .set({ name: given('name'), age: given('age') })
    .where(eq(item.id, given('id')))
    .returning()
    .prepare('update');
  return {
    get: async (id) => (await get.execute({ id }))[0],
    list: (limit) => list.execute({ limit }),
    insert: async (row) => (await insert.execute(row))[0],
    update: async (id, patch) => (await update.execute({ ...patch, id }))[0],
    close: () => pool.end(),
  };
}
