// Lists of any length from tables of any width, by the raw driver or by Rowhouse.
import assert from 'node:assert/strict';
import pg from 'pg';

const { name, place, columnCounts } = JSON.parse(process.env.BENCH_GROWTH);
const list = name === 'Rowhouse' ? await rowhouseLists(place) : rawLists(place);

process.on('message', (shape) => {
  void slice(shape).then((found) => process.send(found));
});
process.on('disconnect', () => process.exit());
process.send({});

async function slice({ columns, rows, calls }) {
  const before = process.cpuUsage();
  for (let left = calls; left > 0; left--) assert.equal((await list(columns, rows)).length, rows);
  const { user, system } = process.cpuUsage(before);
  return { cpuUs: (user + system) / calls };
}

function rawLists({ address }) {
  const pool = new pg.Pool({ ...address, max: 1 });
  return async (columns, rows) => {
    const text = `select * from wide${columns} order by id limit $1`;
    return (await pool.query({ name: `list ${columns}`, text, values: [rows] })).rows;
  };
}

async function rowhouseLists({ build, url }) {
  const { connect, fromUrl, integer, table, text } = await import(`${build}/index.js`);
  const tableOf = (columns) =>
    table(`wide${columns}`, {
      id: integer().primaryKey(),
      ...Object.fromEntries(
        Array.from({ length: columns - 1 }, (_, at) => [`c${at}`, at % 2 === 0 ? integer() : text()]),
      ),
    });
  const tables = Object.fromEntries(columnCounts.map((columns) => [columns, tableOf(columns)]));
  const database = await connect(tables, fromUrl(url));
  const repositories = Object.fromEntries(
    columnCounts.map((columns) => [columns, database.repository(tables[columns])]),
  );
  return async (columns, limit) => await repositories[columns].list({ order: ['id'], limit });
}
