import { itemColumns } from '../../data.mjs';
import { pageOf } from '../page-of.mjs';
import { connectDrizzle } from './connect.mjs';
import { relatedQuery } from './related.mjs';

/** Drizzle with every query prepared by hand. Its prepared queries belong to the database, so a transaction has none. */
export async function open(place, options) {
  const connected = await connectDrizzle(place, options);
  const { db, tables, operators, engine, hasRelated, close } = connected;
  const { item, stock } = tables;
  const { and, asc, eq, gt, or, sql } = operators;
  const given = sql.placeholder;
  const prepared = (query, name) => (engine === 'postgresql' ? query.prepare(name) : query.prepare());
  const returning = (query) => (engine === 'mariadb' ? query : query.returning());
  const byId = db
    .select()
    .from(item)
    .where(eq(item.id, given('id')));
  const items = db.select().from(item);
  const get = prepared(byId, 'get');
  const list = prepared(items.where(eq(item.active, true)).orderBy(asc(item.id)).limit(given('limit')), 'list');
  const pages = () => db.select().from(item).orderBy(asc(item.created), asc(item.id)).limit(given('limit'));
  const first = prepared(pages(), 'first');
  const isAfter = or(
    gt(item.created, given('created')),
    and(eq(item.created, given('created')), gt(item.id, given('id'))),
  );
  const next = prepared(pages().where(isAfter), 'next');
  const insert = prepared(
    returning(db.insert(item).values(Object.fromEntries(itemColumns.map((name) => [name, given(name)])))),
    'insert',
  );
  const update = prepared(
    returning(
      db
        .update(item)
        .set({ name: given('name'), age: given('age') })
        .where(eq(item.id, given('id'))),
    ),
    'update',
  );
  const stockSet = { quantity: given('newQuantity'), price: given('newPrice') };
  const stockRow = { sku: given('sku'), quantity: given('quantity'), price: given('price') };
  const insertStock = db.insert(stock).values(stockRow);
  const upsert = prepared(
    engine === 'mariadb'
      ? insertStock.onDuplicateKeyUpdate({ set: stockSet })
      : insertStock.onConflictDoUpdate({ target: stock.sku, set: stockSet }).returning(),
    'upsert',
  );
  const stockBySku = prepared(
    db
      .select()
      .from(stock)
      .where(eq(stock.sku, given('sku'))),
    'stock',
  );
  const related = (isDeep) =>
    prepared(relatedQuery(connected, isDeep, given('from'), given('limit')), `related ${isDeep}`);
  const include = related(false);
  const includeDeep = related(true);
  const one = async (id) => (await get.execute({ id }))[0];
  return {
    get: one,
    list: (limit) => list.execute({ limit }),
    page: async (limit, after) => {
      // A placeholder in a comparison is handed on as it is given, past the column's own conversion.
      const created = engine === 'sqlite' ? after?.created.toISOString() : after?.created;
      const values = { limit: limit + 1, created, id: after?.id };
      return pageOf(await (after === undefined ? first : next).execute(values), limit);
    },
    include: hasRelated ? (from, limit) => include.execute({ from, limit }) : undefined,
    includeDeep: hasRelated ? (from, limit) => includeDeep.execute({ from, limit }) : undefined,
    insert: async (row) => {
      const [result] = await insert.execute(row);
      return engine === 'mariadb' ? await one(result.insertId) : result;
    },
    upsert: async (row) => {
      const [result] = await upsert.execute({ ...row, newQuantity: row.quantity, newPrice: row.price });
      return engine === 'mariadb' ? (await stockBySku.execute({ sku: row.sku }))[0] : result;
    },
    update: async (id, patch) => {
      const [result] = await update.execute({ ...patch, id });
      return engine === 'mariadb' ? await one(id) : result;
    },
    close,
  };
}
