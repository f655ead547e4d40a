import { columns } from '../../item.mjs';
import { openFile } from './file.mjs';

/** The library's own objects, with a Date, a boolean and parsed JSON put in their places. */
export async function open(place) {
  const database = openFile(place);
  const names = columns.join(', ');
  const placeholders = columns.map(() => '?').join(', ');
  const get = database.prepare('select * from item where id = ?');
  const list = database.prepare('select * from item where active = ? order by id limit ?');
  const insert = database.prepare(`insert into item (${names}) values (${placeholders}) returning *`);
  const add = database.prepare(`insert into item (${names}) values (${placeholders})`);
  const update = database.prepare('update item set name = ?, age = ? where id = ? returning *');
  const insertMany = database.transaction((rows) => {
    let count = 0;
    for (const row of rows) count += add.run(...valuesOf(row)).changes;
    return count;
  });
  return {
    get: (id) => decoded(get.get(id)),
    list: (limit) => list.all(1, limit).map(decoded),
    insert: (row) => decoded(insert.get(...valuesOf(row))),
    update: (id, { name, age }) => decoded(update.get(name, age, id)),
    insertMany,
    close: () => database.close(),
  };
}

function decoded(row) {
  row.active = row.active === 1;
  row.created = new Date(row.created);
  row.data = JSON.parse(row.data);
  return row;
}

function valuesOf(row) {
  const { name, email, age, active, score, created, data } = row;
  return [name, email, age, active ? 1 : 0, score, created.toISOString(), JSON.stringify(data)];
}
