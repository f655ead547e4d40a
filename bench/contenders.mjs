/**
 * Who is compared, in the order of the table. `reference` is what the ratios of an engine refer to. `bare` is called
 * without a promise: what no asynchronous interface can reach.
 */
export const contenders = {
  postgresql: [
    { name: 'raw: pg, named', module: 'postgresql/raw.mjs', reference: true },
    { name: 'Rowhouse', module: 'postgresql/rowhouse.mjs' },
    { name: 'Kysely', module: 'postgresql/kysely.mjs' },
    { name: 'Drizzle, prepared', module: 'postgresql/drizzle-prepared.mjs' },
    { name: 'Drizzle', module: 'postgresql/drizzle.mjs' },
    { name: 'Prisma', module: 'postgresql/prisma.mjs' },
  ],
  sqlite: [
    { name: 'raw: better-sqlite3', module: 'sqlite/raw.mjs', reference: true },
    { name: 'raw, not async', module: 'sqlite/raw-bare.mjs', bare: true },
    { name: 'Rowhouse', module: 'sqlite/rowhouse.mjs' },
    { name: 'Kysely', module: 'sqlite/kysely.mjs' },
    { name: 'Drizzle, prepared', module: 'sqlite/drizzle-prepared.mjs' },
    { name: 'Drizzle', module: 'sqlite/drizzle.mjs' },
  ],
};
