import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { check, integer, sql, table, uuid } from '../../../src/index.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';

export const accounts = table('account', { id: integer().primaryKey(), balance: integer() }, (t) => [
  check('account_not_overdrawn', sql`${t.balance} >= 0`),
]);

/** The client gives the id, so that it can look for a transfer of whose end it heard nothing. */
export const transfers = table('transfer', {
  id: uuid().primaryKey(),
  payer: integer().references(() => accounts.id),
  payee: integer().references(() => accounts.id),
  amount: integer(),
});

export const schema = { accounts, transfers };

export const accountCount = 12;
export const firstBalance = 100;

/** The bank's database. */
export async function openBank(url: string): Promise<ServiceDatabase> {
  return await connect(schema, localSettings(url));
}

/** Makes the tables and accounts with money. */
export async function foundBank(url: string): Promise<void> {
  await using database = await openBank(url);
  await createSchema(database, schema);
  await database
    .repository(accounts)
    .insertMany(Array.from({ length: accountCount }, (_, id) => ({ id, balance: firstBalance })));
}
