import { itemColumns } from '../../data.mjs';
import { pageOf } from '../page-of.mjs';
import { mysqlPool } from '../pool.mjs';
import { reviveAuthors } from '../revive.mjs';

const names = itemColumns.join(', ');
const group = `(${itemColumns.map(() => '?').join(', ')})`;
const rowsPerStatement = 5_000;

const sql = {
  get: 'select * from item where id = ?',
  list: 'select * from item where active = ? order by id limit ?',
  first: 'select * from item order by created, id limit ?',
  next: 'select * from item where created > ? or (created = ? and id > ?) order by created, id limit ?',
  insert: `insert into item (${names}) values ${group} returning *`,
  upsert: `insert into stock (sku, quantity, price) values (?, ?, ?)
    on duplicate key update quantity = values(quantity), price = values(price) returning *`,
  update: 'update item set name = ?, age = ? where id = ?',
  include: authorsWith(''),
  includeDeep: authorsWith(`, 'reviews', (
    select json_arrayagg(json_object('id', r.id, 'bookId', r.book_id, 'stars', r.stars, 'body', r.body) order by r.id)
    from review r where r.book_id = b.id)`),
};

function authorsWith(reviews) {
  return `select a.id, a.name, a.born, a.active, (
      select json_arrayagg(json_object('id', b.id, 'authorId', b.author_id, 'title', b.title, 'pages', b.pages,
        'price', b.price, 'published', b.published${reviews}) order by b.id)
      from book b where b.author_id = a.id) as books
    from author a where a.id > ? order by a.id limit ?`;
}

/** The driver's callbacks behind one promise, each statement prepared and kept. */
export async function open(place) {
  const pool = mysqlPool(place);
  const run = (on, text, values) =>
    new Promise((resolve, reject) => {
      on.execute(text, values, (error, result) => (error === null ? resolve(result) : reject(error)));
    });
  const query = async (on, name, values) => await run(on, sql[name], values);
  const item = async (on, id) => decoded((await query(on, 'get', [id]))[0]);
  const page = async (limit, after) =>
    await (after === undefined
      ? query(pool, 'first', [limit + 1])
      : query(pool, 'next', [after.created, after.created, after.id, limit + 1]));
  const related = async (name, from, limit) => reviveAuthors((await query(pool, name, [from, limit])).map(decoded));
  const inTransaction = async (work) => {
    const connection = await new Promise((resolve, reject) => {
      pool.getConnection((error, given) => (error ? reject(error) : resolve(given)));
    });
    const simple = (text) => new Promise((resolve) => connection.query(text, resolve));
    await simple('begin');
    const result = await work(connection);
    await simple('commit');
    connection.release();
    return result;
  };
  const update = async (on, id, { name, age }) => {
    await query(on, 'update', [name, age, id]);
    return await item(on, id);
  };
  const insert = async (on, row) => decoded((await query(on, 'insert', valuesOf(row)))[0]);
  const insertRows = async (on, rows) => (await run(on, bulk(rows.length), rows.flatMap(valuesOf))).affectedRows;
  return {
    get: async (id) => await item(pool, id),
    list: async (limit) => (await query(pool, 'list', [1, limit])).map(decoded),
    page: async (limit, after) => pageOf((await page(limit, after)).map(decoded), limit),
    include: async (from, limit) => await related('include', from, limit),
    includeDeep: async (from, limit) => await related('includeDeep', from, limit),
    insert: async (row) => await insert(pool, row),
    upsert: async ({ sku, quantity, price }) => (await query(pool, 'upsert', [sku, quantity, price]))[0],
    update: async (id, patch) => await update(pool, id, patch),
    transact: async (id, patch, row) =>
      await inTransaction(async (connection) => {
        await item(connection, id);
        await update(connection, id, patch);
        return await insert(connection, row);
      }),
    insertMany: async (rows) => {
      if (rows.length <= rowsPerStatement) return await insertRows(pool, rows);
      return await inTransaction(async (connection) => {
        let count = 0;
        for (let at = 0; at < rows.length; at += rowsPerStatement)
          count += await insertRows(connection, rows.slice(at, at + rowsPerStatement));
        return count;
      });
    },
    close: async () => await new Promise((resolve) => pool.end(resolve)),
  };
}

const texts = new Map();

function bulk(rows) {
  let text = texts.get(rows);
  if (text === undefined)
    texts.set(rows, (text = `insert into item (${names}) values ${Array(rows).fill(group).join(', ')}`));
  return text;
}

/** The library has parsed JSON already; a boolean is a number to it. */
function decoded(row) {
  row.active = row.active === 1;
  return row;
}

function valuesOf(row) {
  return [row.name, row.email, row.age, row.active ? 1 : 0, row.score, row.created, JSON.stringify(row.data)];
}
