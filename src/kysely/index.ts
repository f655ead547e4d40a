/** Rowhouse for Kysely: queries with types from the schema, on a session of Rowhouse. */
export { kyselyOf, withKysely } from './kysely-of.ts';
export type { KyselyDatabase } from './kysely-database.ts';
