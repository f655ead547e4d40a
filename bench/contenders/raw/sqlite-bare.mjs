import { itemColumns } from '../../data.mjs';
import { pageOf } from '../page-of.mjs';
import { openFile } from '../pool.mjs';
import { reviveAuthors } from '../revive.mjs';

const names = itemColumns.join(', ');
const placeholders = itemColumns.map(() => '?').join(', ');

function authorsWith(reviews) {
  return `select a.id, a.name, a.born, a.active, (
      select json_group_array(json_object('id', b.id, 'authorId', b.author_id, 'title', b.title, 'pages', b.pages,
        'price', b.price, 'published', b.published${reviews}) order by b.id)
      from book b where b.author_id = a.id) as books
    from author a where a.id > ? order by a.id limit ?`;
}

/** The library's own objects, with a Date, a boolean and parsed JSON put in their places. */
export async function open(place) {
  const database = openFile(place);
  const get = database.prepare('select * from item where id = ?');
  const list = database.prepare('select * from item where active = ? order by id limit ?');
  const first = database.prepare('select * from item order by created, id limit ?');
  const next = database.prepare('select * from item where (created, id) > (?, ?) order by created, id limit ?');
  const include = database.prepare(authorsWith(''));
  const includeDeep = database.prepare(
    authorsWith(`, 'reviews', json((
      select json_group_array(json_object('id', r.id, 'bookId', r.book_id, 'stars', r.stars, 'body', r.body) order by r.id)
      from review r where r.book_id = b.id))`),
  );
  const insert = database.prepare(`insert into item (${names}) values (${placeholders}) returning *`);
  const add = database.prepare(`insert into item (${names}) values (${placeholders})`);
  const upsert = database.prepare(
    `insert into stock (sku, quantity, price) values (?, ?, ?)
     on conflict (sku) do update set quantity = excluded.quantity, price = excluded.price returning *`,
  );
  const update = database.prepare('update item set name = ?, age = ? where id = ? returning *');
  const insertMany = database.transaction((rows) => {
    let count = 0;
    for (const row of rows) count += add.run(...valuesOf(row)).changes;
    return count;
  });
  const transact = database.transaction((id, { name, age }, row) => {
    decoded(get.get(id));
    decoded(update.get(name, age, id));
    return decoded(insert.get(...valuesOf(row)));
  });
  const page = (limit, after) =>
    after === undefined ? first.all(limit + 1) : next.all(after.created.toISOString(), after.id, limit + 1);
  return {
    get: (id) => decoded(get.get(id)),
    list: (limit) => list.all(1, limit).map(decoded),
    page: (limit, after) => pageOf(page(limit, after).map(decoded), limit),
    include: (from, limit) => reviveAuthors(include.all(from, limit).map(decodedAuthor)),
    includeDeep: (from, limit) => reviveAuthors(includeDeep.all(from, limit).map(decodedAuthor)),
    insert: (row) => decoded(written(insert, ...valuesOf(row))),
    upsert: ({ sku, quantity, price }) => written(upsert, sku, quantity, price),
    update: (id, { name, age }) => decoded(written(update, name, age, id)),
    transact,
    insertMany,
    close: () => database.close(),
  };
}

/**
 * The row of a write that is a transaction of its own. Not by `get`, which leaves the statement before its end, where SQLite
 * looks whether its log is to be moved into the file: with it the log grew to 42 MB in 100,000 updates, else to 4.
 */
function written(statement, ...values) {
  return statement.all(...values)[0];
}

function decoded(row) {
  row.active = row.active === 1;
  row.created = new Date(row.created);
  row.data = JSON.parse(row.data);
  return row;
}

function decodedAuthor(row) {
  row.active = row.active === 1;
  row.born = new Date(row.born);
  row.books = JSON.parse(row.books);
  return row;
}

function valuesOf(row) {
  const { name, email, age, active, score, created, data } = row;
  return [name, email, age, active ? 1 : 0, score, created.toISOString(), JSON.stringify(data)];
}
