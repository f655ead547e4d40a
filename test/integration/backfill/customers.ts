import type { Change } from '../../../src/catalog/change/change.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import { revision } from '../migration/history.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import type { Database } from '../../../src/database/database.ts';

const name = { name: 'customer' };

/** A table whose key has two columns, a number and a text. */
export const customer: Table = {
  ...name,
  columns: [
    { name: 'region', type: { kind: 'integer' }, nullable: false },
    { name: 'code', type: { kind: 'varchar', length: 20 }, nullable: false },
    { name: 'email', type: { kind: 'varchar', length: 60 }, nullable: false },
    { name: 'contact', type: { kind: 'varchar', length: 60 }, nullable: true },
  ],
  primaryKey: { name: 'customer_pkey', columns: ['region', 'code'] },
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
};

/** Copies each email into `contact`. */
export const fillContact = {
  kind: 'backfill',
  table: name,
  set: { contact: textExpression('email') },
  where: textExpression('contact is null'),
} as const satisfies Change;

/** The table; then the backfill, or what is given in its place. */
export function customers(change: Change = fillContact, table: Table = customer): readonly LoadedRevision[] {
  return [revision('r1', [], [{ kind: 'create-table', table }]), revision('r2', ['r1'], [change])];
}

/** Rows that have no contact yet, spread over ten regions. */
export async function insertCustomers(database: Database, count: number): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - from) }, (_, place) => row(from + place));
    await database.run({ sql: `insert into customer (region, code, email) values ${rows.join(', ')}` }, []);
  }
}

/** The number of rows of which this is true. */
export async function countCustomers(database: Database, condition: string): Promise<number> {
  const { rows } = await database.run({ sql: `select count(*) from customer where ${condition}` }, []);
  return Number(rows[0]?.[0]);
}

function row(number: number): string {
  return `(${number % 10}, 'c${number}', 'mail${number}@example.org')`;
}
