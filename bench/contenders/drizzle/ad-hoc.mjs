import { inChunks } from '../in-chunks.mjs';
import { pageOf } from '../page-of.mjs';
import { connectDrizzle } from './connect.mjs';
import { relatedQuery } from './related.mjs';

/** Drizzle as its guide shows it: each call builds its query. */
export async function open(place, options) {
  const connected = await connectDrizzle(place, options);
  const { db, tables, operators, engine, hasRelated, close } = connected;
  const { item, stock } = tables;
  const { and, asc, eq, gt, or } = operators;
  const get = async (on, id) => (await on.select().from(item).where(eq(item.id, id)))[0];
  const update = async (on, id, patch) => {
    const query = on.update(item).set(patch).where(eq(item.id, id));
    if (engine !== 'mariadb') return (await query.returning())[0];
    await query;
    return await get(on, id);
  };
  const insert = async (on, row) => {
    const query = on.insert(item).values(row);
    if (engine !== 'mariadb') return (await query.returning())[0];
    return await get(on, (await query)[0].insertId);
  };
  const page = (limit, after) => {
    const query = db
      .select()
      .from(item)
      .orderBy(asc(item.created), asc(item.id))
      .limit(limit + 1);
    if (after === undefined) return query;
    return query.where(
      or(gt(item.created, after.created), and(eq(item.created, after.created), gt(item.id, after.id))),
    );
  };
  const related = (from, limit, isDeep) => relatedQuery(connected, isDeep, from, limit);
  // The library's transactions on better-sqlite3 take no promise.
  const transact = {
    postgresql: (id, patch, row) => db.transaction((tx) => three(tx, id, patch, row)),
    mariadb: (id, patch, row) => db.transaction((tx) => three(tx, id, patch, row)),
    sqlite: async (id, patch, row) =>
      db.transaction((tx) => {
        tx.select().from(item).where(eq(item.id, id)).get();
        tx.update(item).set(patch).where(eq(item.id, id)).returning().get();
        return tx.insert(item).values(row).returning().get();
      }),
  }[engine];
  const three = async (tx, id, patch, row) => {
    await get(tx, id);
    await update(tx, id, patch);
    return await insert(tx, row);
  };
  const insertRows = async (rows) => countOf(await db.insert(item).values(rows));
  return {
    get: (id) => get(db, id),
    list: (limit) => db.select().from(item).where(eq(item.active, true)).orderBy(asc(item.id)).limit(limit),
    page: async (limit, after) => pageOf(await page(limit, after), limit),
    include: hasRelated ? (from, limit) => related(from, limit, false) : undefined,
    includeDeep: hasRelated ? (from, limit) => related(from, limit, true) : undefined,
    insert: (row) => insert(db, row),
    upsert: async (row) => {
      const set = { quantity: row.quantity, price: row.price };
      const query = db.insert(stock).values(row);
      if (engine !== 'mariadb') return (await query.onConflictDoUpdate({ target: stock.sku, set }).returning())[0];
      await query.onDuplicateKeyUpdate({ set });
      return (await db.select().from(stock).where(eq(stock.sku, row.sku)))[0];
    },
    update: (id, patch) => update(db, id, patch),
    transact,
    insertMany: (rows) => inChunks(rows, engine, insertRows),
    close,
  };
}

/** What each client library answers an insert with. */
function countOf(result) {
  return result.rowCount ?? result.changes ?? result[0].affectedRows;
}
