import { Kysely } from 'kysely';
import type { Session } from '../database/session.ts';
import type { SchemaModule } from '../schema/schema.ts';
import { knownTables } from './known-tables.ts';
import type { KyselyDatabase } from './kysely-database.ts';
import { sessionDialect } from './session-dialect.ts';

/**
 * Kysely on a session: its connection, its transaction, its limits. Values are written and read as in a repository
 * wherever a column of the schema is known.
 *
 * @example
 * ```ts
 * await database.transaction(async (tx) => {
 *   const kysely = kyselyOf(tx, schema);
 *   await kysely.updateTable('account').set((eb) => ({ balance: eb('balance', '-', 10) })).where('id', '=', 7).execute();
 * });
 * ```
 */
export function kyselyOf<Schema extends SchemaModule>(
  session: Session,
  schema: Schema,
): Kysely<KyselyDatabase<Schema>> {
  return new Kysely({ dialect: sessionDialect(session, knownTables(schema, session.dialect)) });
}

/**
 * The same session with Kysely as its property `kysely`. Inside the function of `database.transaction` it takes part in
 * that transaction.
 *
 * @example
 * ```ts
 * await using database = withKysely(await connect(schema, fromEnvironment(process.env)), schema);
 * const late = await database.kysely.selectFrom('loan').select('id').where('due', '<', today).execute();
 * ```
 */
export function withKysely<S extends Session, Schema extends SchemaModule>(
  session: S,
  schema: Schema,
): S & { readonly kysely: Kysely<KyselyDatabase<Schema>> } {
  return Object.assign(session, { kysely: kyselyOf(session, schema) });
}
