import { itemColumns } from '../../data.mjs';
import { pageOf } from '../page-of.mjs';
import { pgPool } from '../pool.mjs';
import { reviveAuthors } from '../revive.mjs';

const names = itemColumns.join(', ');
const group = (row) => `(${itemColumns.map((_, at) => `$${row * itemColumns.length + at + 1}`).join(', ')})`;
const groups = (count) => Array.from({ length: count }, (_, row) => group(row)).join(', ');
/** As many rows as one statement can have parameters for. */
const rowsPerStatement = 5_000;

const sql = {
  get: 'select * from item where id = $1',
  list: 'select * from item where active = $1 order by id limit $2',
  first: 'select * from item order by created, id limit $1',
  next: 'select * from item where (created, id) > ($1, $2) order by created, id limit $3',
  insert: `insert into item (${names}) values ${group(0)} returning *`,
  upsert: `insert into stock (sku, quantity, price) values ($1, $2, $3)
    on conflict (sku) do update set quantity = excluded.quantity, price = excluded.price returning *`,
  update: 'update item set name = $1, age = $2 where id = $3 returning *',
  include: authorsWith(''),
  includeDeep: authorsWith(`, 'reviews', (
    select coalesce(json_agg(json_build_object('id', r.id, 'bookId', r.book_id, 'stars', r.stars, 'body', r.body) order by r.id), '[]')
    from review r where r.book_id = b.id)`),
};

function authorsWith(reviews) {
  return `select a.id, a.name, a.born, a.active, (
      select coalesce(json_agg(json_build_object('id', b.id, 'authorId', b.author_id, 'title', b.title, 'pages', b.pages,
        'price', b.price, 'published', b.published${reviews}) order by b.id), '[]')
      from book b where b.author_id = a.id) as books
    from author a where a.id > $1 order by a.id limit $2`;
}

/** The driver as its documentation says, each statement named, so that the server keeps it prepared. */
export async function open(place) {
  const pool = pgPool(place);
  const query = async (on, name, values) => await on.query({ name, text: sql[name], values });
  const page = async (limit, after) =>
    await (after === undefined
      ? query(pool, 'first', [limit + 1])
      : query(pool, 'next', [after.created, after.id, limit + 1]));
  return {
    get: async (id) => (await query(pool, 'get', [id])).rows[0],
    list: async (limit) => (await query(pool, 'list', [true, limit])).rows,
    page: async (limit, after) => pageOf((await page(limit, after)).rows, limit),
    include: async (from, limit) => reviveAuthors((await query(pool, 'include', [from, limit])).rows),
    includeDeep: async (from, limit) => reviveAuthors((await query(pool, 'includeDeep', [from, limit])).rows),
    insert: async (row) => (await query(pool, 'insert', valuesOf(row))).rows[0],
    upsert: async ({ sku, quantity, price }) => (await query(pool, 'upsert', [sku, quantity, price])).rows[0],
    update: async (id, { name, age }) => (await query(pool, 'update', [name, age, id])).rows[0],
    transact: async (id, { name, age }, row) => {
      const client = await pool.connect();
      await client.query('begin');
      await query(client, 'get', [id]);
      await query(client, 'update', [name, age, id]);
      const inserted = (await query(client, 'insert', valuesOf(row))).rows[0];
      await client.query('commit');
      client.release();
      return inserted;
    },
    insertMany: async (rows) => {
      if (rows.length <= rowsPerStatement) return await insertRows(pool, rows);
      const client = await pool.connect();
      await client.query('begin');
      let count = 0;
      for (let at = 0; at < rows.length; at += rowsPerStatement)
        count += await insertRows(client, rows.slice(at, at + rowsPerStatement));
      await client.query('commit');
      client.release();
      return count;
    },
    close: async () => await pool.end(),
  };
}

const texts = new Map();

async function insertRows(on, rows) {
  let text = texts.get(rows.length);
  if (text === undefined) texts.set(rows.length, (text = `insert into item (${names}) values ${groups(rows.length)}`));
  return (await on.query({ name: `bulk ${rows.length}`, text, values: rows.flatMap(valuesOf) })).rowCount;
}

function valuesOf(row) {
  return [row.name, row.email, row.age, row.active, row.score, row.created, JSON.stringify(row.data)];
}
