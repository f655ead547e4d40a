/** Everybody but the raw drivers: the same code on all engines. */
const peers = [
  { name: 'Rowhouse', module: 'rowhouse.mjs' },
  { name: 'Kysely', module: 'kysely.mjs' },
  { name: 'Drizzle, prepared', module: 'drizzle/prepared.mjs', options: { library: 'drizzle-orm' } },
  { name: 'Drizzle', module: 'drizzle/ad-hoc.mjs', options: { library: 'drizzle-orm' } },
  { name: 'Drizzle rc, prepared', module: 'drizzle/prepared.mjs', options: { library: 'drizzle-orm-rc' } },
  { name: 'Drizzle rc', module: 'drizzle/ad-hoc.mjs', options: { library: 'drizzle-orm-rc' } },
  { name: 'Prisma', module: 'prisma.mjs' },
  { name: 'TypeORM', module: 'typeorm.mjs' },
  { name: 'MikroORM', module: 'mikro-orm.mjs' },
];

/**
 * Who is compared, in the order of the table. `reference` is what the ratios of an engine refer to. `bare` is called
 * without a promise: what no asynchronous interface can reach.
 */
export const contenders = {
  postgresql: [{ name: 'raw: pg, named', module: 'raw/postgresql.mjs', reference: true }, ...peers],
  mariadb: [{ name: 'raw: mysql2, prepared', module: 'raw/mariadb.mjs', reference: true }, ...peers],
  sqlite: [
    { name: 'raw: better-sqlite3', module: 'raw/sqlite.mjs', reference: true },
    { name: 'raw, not async', module: 'raw/sqlite-bare.mjs', bare: true },
    ...peers,
  ],
};
