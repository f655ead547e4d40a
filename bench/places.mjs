import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { seeded } from './data.mjs';
import { seedDatabase } from './schema.mjs';

/**
 * Where contenders run: `next()` gives each a database of its own with the same rows, so that no write slows the next;
 * `drop()` takes those away that were given. Who only reads shares the one that `shared()` gives.
 */
export async function openPlaces(engine, build, { isSeeded = true } = {}) {
  if (engine === 'sqlite') return await openFiles(build);
  return await openServer(engine, build, servers[engine], isSeeded);
}

const servers = {
  postgresql: {
    settings: { fsync: 'off', jit: 'off', autovacuum: 'off', max_connections: 200 },
    tls: '?sslmode=disable',
    connect: async (address) => {
      const client = new pg.Client(address);
      await client.connect();
      return client;
    },
    administration: 'postgres',
    settle: [
      ...Object.entries({ item: seeded.items, stock: seeded.stocks }).map(
        ([table, last]) => `select setval(pg_get_serial_sequence('${table}', 'id'), ${last})`,
      ),
      'vacuum analyze',
    ],
    copy: (name) => [`create database ${name} template seeded`],
  },
  mariadb: {
    settings: { innodb_flush_log_at_trx_commit: 0, innodb_buffer_pool_size: '512M', skip_log_bin: 1 },
    tls: '?ssl-mode=DISABLED',
    connect: async (address) => await mysql.createConnection(address),
    administration: undefined,
    settle: ['analyze table item, stock, author, book, review'],
    copy: (name) => [
      `create database ${name}`,
      ...['item', 'stock', 'author', 'book', 'review'].flatMap((table) => [
        `create table ${name}.${table} like seeded.${table}`,
        `insert into ${name}.${table} select * from seeded.${table}`,
      ]),
    ],
  },
};

async function openServer(engine, build, { settings, tls, connect, administration, settle, copy }, isSeeded) {
  const { startServer } = await import(`${build}/testing/index.js`);
  const server = await startServer({ engine, settings });
  const { host, port, user, password } = server;
  const placeOf = (database) => ({
    engine,
    address: { host, port, user, password, database },
    url: `${server.url(database).split('?')[0]}${tls}`,
    build,
  });
  const admin = await connect({ host, port, user, password, database: administration });
  const run = async (database, statement) => {
    const client = await connect(placeOf(database).address);
    await client.query(statement);
    await client.end();
  };
  if (isSeeded) {
    await admin.query('create database seeded');
    await seedDatabase(build, placeOf('seeded').url);
    for (const statement of settle) await run('seeded', statement);
  }
  let made = 0;
  const given = [];
  let shared;
  const copied = async (name) => {
    for (const statement of copy(name)) await admin.query(statement);
    return placeOf(name);
  };
  return {
    version: server.version,
    placeOf,
    admin,
    run,
    async next() {
      const name = `bench_${(made += 1)}`;
      given.push(name);
      return await copied(name);
    },
    shared: async () => await (shared ??= copied('bench_shared')),
    async drop() {
      for (const name of given.splice(0)) await admin.query(`drop database ${name}`);
    },
    async [Symbol.asyncDispose]() {
      await admin.end();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function openFiles(build) {
  const folder = await mkdtemp(join(tmpdir(), 'rowhouse-bench-'));
  const source = join(folder, 'seeded.db');
  await seedDatabase(build, `sqlite:///${source}`);
  let made = 0;
  let shared;
  const copied = async (name) => {
    const file = join(folder, name);
    await copyFile(source, file);
    return { engine: 'sqlite', file, url: `sqlite:///${file}`, build };
  };
  return {
    version: undefined,
    next: async () => await copied(`bench-${(made += 1)}.db`),
    shared: async () => await (shared ??= copied('shared.db')),
    async drop() {
      for (; made > 0; made--) {
        for (const end of ['', '-shm', '-wal']) await rm(join(folder, `bench-${made}.db${end}`), { force: true });
      }
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
