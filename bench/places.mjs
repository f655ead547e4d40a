import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openFile } from './contenders/sqlite/file.mjs';
import { columns, ddl, itemOf, seededRows } from './item.mjs';

/** Where contenders run: `next()` gives each a database of its own with the same rows, so that no write slows the next. */
export async function openPlaces(engine, build) {
  return engine === 'sqlite' ? await openFiles(build) : await openServer(build);
}

async function openServer(build) {
  const { startServer } = await import(`${build}/testing/index.js`);
  const server = await startServer({ engine: 'postgresql', settings: { fsync: 'off', jit: 'off', autovacuum: 'off' } });
  const { host, port, user, password } = server;
  const placeOf = (database) => ({
    host,
    port,
    user,
    password,
    database,
    url: `${server.url(database)}?sslmode=disable`,
    build,
  });
  const admin = new pg.Client(placeOf('postgres'));
  await admin.connect();
  await admin.query('create database seeded');
  await seedServer(placeOf('seeded'));
  let made = 0;
  return {
    async next() {
      const name = `bench_${(made += 1)}`;
      await admin.query(`create database ${name} template seeded`);
      return placeOf(name);
    },
    async [Symbol.asyncDispose]() {
      await admin.end();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function seedServer(place) {
  const client = new pg.Client(place);
  await client.connect();
  await client.query(ddl.postgresql);
  const rows = JSON.stringify(seedRows());
  const names = columns.join(', ');
  await client.query(`insert into item (${names}) select ${names} from json_populate_recordset(null::item, $1)`, [
    rows,
  ]);
  await client.query('vacuum analyze item');
  await client.end();
}

async function openFiles(build) {
  const folder = await mkdtemp(join(tmpdir(), 'rowhouse-bench-'));
  const seeded = join(folder, 'seeded.db');
  seedFile(seeded);
  let made = 0;
  return {
    async next() {
      const file = join(folder, `bench-${(made += 1)}.db`);
      await copyFile(seeded, file);
      return { file, url: `sqlite:///${file}`, build };
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function seedFile(file) {
  const database = openFile({ file });
  database.exec(ddl.sqlite);
  const add = database.prepare(
    `insert into item (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  );
  database.transaction(() => {
    for (const { active, created, data, name, email, age, score } of seedRows()) {
      add.run(name, email, age, active ? 1 : 0, score, created.toISOString(), JSON.stringify(data));
    }
  })();
  database.close();
}

function seedRows() {
  return Array.from({ length: seededRows }, (_, at) => itemOf(at + 1));
}
