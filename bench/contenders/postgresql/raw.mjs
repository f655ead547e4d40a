import { columns } from '../../item.mjs';
import { poolOf } from './pool.mjs';

const names = columns.join(', ');
const placeholders = (row) => `(${columns.map((_, at) => `$${row * columns.length + at + 1}`).join(', ')})`;
const insertOne = `insert into item (${names}) values ${placeholders(0)} returning *`;
const insertThousand = `insert into item (${names}) values ${Array.from({ length: 1000 }, (_, row) => placeholders(row)).join(', ')}`;

export async function open(place) {
  const pool = poolOf(place);
  const query = async (name, text, values) => await pool.query({ name, text, values });
  return {
    get: async (id) => (await query('get', 'select * from item where id = $1', [id])).rows[0],
    list: async (limit) =>
      (await query('list', 'select * from item where active = $1 order by id limit $2', [true, limit])).rows,
    insert: async (row) => (await query('insert', insertOne, valuesOf(row))).rows[0],
    update: async (id, { name, age }) =>
      (await query('update', 'update item set name = $1, age = $2 where id = $3 returning *', [name, age, id])).rows[0],
    insertMany: async (rows) => (await query('bulk', insertThousand, rows.flatMap(valuesOf))).rowCount,
    close: async () => await pool.end(),
  };
}

function valuesOf(row) {
  return [row.name, row.email, row.age, row.active, row.score, row.created, JSON.stringify(row.data)];
}
