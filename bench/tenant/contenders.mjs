import pg from 'pg';
import { tenantOf } from './place.mjs';

/** How each reads a row by its key: from `memo`, which has no tenants, or from `note`, as one tenant that the database holds it to. */
export const readers = {
  'raw: pg, named': rawReader,
  Rowhouse: rowhouseReader,
  'Drizzle rc, in a transaction': drizzleReader,
  'Kysely, in a transaction': kyselyReader,
  'Prisma, in a transaction': prismaReader,
};

const setTenant = "select set_config('rowhouse.tenant', $1, true)";

async function rawReader({ address }) {
  const pool = new pg.Pool({ ...address, max: 1 });
  return {
    plain: async (id) =>
      (await pool.query({ name: 'memo', text: 'select * from memo where id = $1', values: [id] })).rows[0],
    bound: async (id) => {
      const client = await pool.connect();
      await client.query('begin');
      await client.query({ name: 'bind', text: setTenant, values: [tenantOf(id)] });
      const { rows } = await client.query({ name: 'note', text: 'select * from note where id = $1', values: [id] });
      await client.query('commit');
      client.release();
      return rows[0];
    },
    close: () => pool.end(),
  };
}

async function rowhouseReader({ build, url }) {
  const { connect, fromEnvironment, integer, table, tenant, text } = await import(`${build}/index.js`);
  const columns = { title: text(), body: text() };
  const note = table('note', { id: integer().primaryKey(), ...tenant(text()), ...columns });
  const memo = table('memo', { id: integer().primaryKey(), tenantId: text(), ...columns });
  const settings = fromEnvironment({ DATABASE_URL: url, DATABASE_POOL_SIZE: '1', DATABASE_MAX_POOL_OVERFLOW: '0' });
  const database = await connect({ note, memo }, settings);
  const memos = database.repository(memo);
  return {
    plain: (id) => memos.get(id),
    bound: (id) => database.forTenant(tenantOf(id)).repository(note).get(id),
    close: () => database.close(),
  };
}

async function drizzleReader({ address }) {
  const { eq, sql } = await import('drizzle-orm-rc');
  const { drizzle } = await import('drizzle-orm-rc/node-postgres');
  const { integer, pgTable, text } = await import('drizzle-orm-rc/pg-core');
  const tableOf = (name) =>
    pgTable(name, {
      id: integer('id').primaryKey(),
      tenantId: text('tenant_id'),
      title: text('title'),
      body: text('body'),
    });
  const [note, memo] = [tableOf('note'), tableOf('memo')];
  const pool = new pg.Pool({ ...address, max: 1 });
  const db = drizzle({ client: pool });
  return {
    plain: async (id) => (await db.select().from(memo).where(eq(memo.id, id)))[0],
    bound: (id) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('rowhouse.tenant', ${tenantOf(id)}, true)`);
        return (await tx.select().from(note).where(eq(note.id, id)))[0];
      }),
    close: () => pool.end(),
  };
}

async function kyselyReader({ address }) {
  const { Kysely, PostgresDialect, sql } = await import('kysely');
  const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ ...address, max: 1 }) }) });
  const get = (on, table, id) => on.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return {
    plain: (id) => get(db, 'memo', id),
    bound: (id) =>
      db.transaction().execute(async (tx) => {
        await sql`select set_config('rowhouse.tenant', ${tenantOf(id)}, true)`.execute(tx);
        return await get(tx, 'note', id);
      }),
    close: () => db.destroy(),
  };
}

async function prismaReader({ address }) {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { PrismaClient } = await import('../node_modules/.prisma-postgresql/index.js');
  const client = new PrismaClient({ adapter: new PrismaPg({ ...address, max: 1 }) });
  const get = (on, table, id) => on[table].findUniqueOrThrow({ where: { id } });
  return {
    plain: (id) => get(client, 'memo', id),
    bound: async (id) => {
      const bind = client.$executeRaw`select set_config('rowhouse.tenant', ${tenantOf(id)}, true)`;
      return (await client.$transaction([bind, get(client, 'note', id)]))[1];
    },
    close: () => client.$disconnect(),
  };
}
