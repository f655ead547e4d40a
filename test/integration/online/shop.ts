import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { make, openConnection } from '../dialects/open-connection.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';

const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] };

/** A customer's orders, with one of everything that a column can have on it. */
export const shop: Catalog = {
  ...emptyCatalog,
  enums: [{ name: 'state', values: ['new', 'paid', 'sent'] }],
  tables: [
    {
      ...none,
      name: 'customer',
      columns: [column('id', { kind: 'integer' }), column('email', { kind: 'varchar', length: 100 })],
      primaryKey: { name: 'customer_pkey', columns: ['id'] },
    },
    {
      ...none,
      name: 'purchase',
      columns: [
        { ...column('id', { kind: 'integer' }), identity: { generation: 'by-default' } },
        column('customer', { kind: 'integer' }),
        { ...column('state', { kind: 'enum', name: 'state' }), default: { kind: 'literal', value: 'new' } },
        column('total', { kind: 'integer' }),
        { ...column('note', { kind: 'varchar', length: 20 }), nullable: true, comment: 'as the customer wrote it' },
      ],
      primaryKey: { name: 'purchase_pkey', columns: ['id'] },
      uniques: [{ name: 'purchase_total_key', columns: ['id', 'total'] }],
      checks: [{ name: 'purchase_total', expression: textExpression('(total > 0)') }],
      indexes: [
        { name: 'purchase_note', keys: [{ expression: textExpression('lower((note)::text)') }], unique: false },
        { name: 'purchase_total', keys: [{ column: 'total', order: 'desc' }], unique: false, include: ['customer'] },
      ],
      foreignKeys: [
        {
          name: 'purchase_customer',
          columns: ['customer'],
          references: { name: 'customer', columns: ['id'] },
          onDelete: 'cascade',
          onUpdate: 'no-action',
        },
      ],
    },
  ],
  views: [
    {
      name: 'spent',
      query: textExpression('SELECT customer, sum(total) AS total FROM purchase GROUP BY customer'),
      columns: [],
      materialized: false,
    },
  ],
};

/** Rows of it: a thousand purchases of ten customers. */
const rows = `
  insert into customer select n, 'c' || n from generate_series(1, 10) n;
  insert into purchase (customer, state, total, note)
    select 1 + n % 10, 'paid', n, 'Note ' || n from generate_series(1, 1000) n;`;

export function column(name: string, type: Column['type']): Column {
  return { name, type, nullable: false };
}

/** Makes it in an empty database. */
export async function prepareShop(url: string): Promise<void> {
  await using open = await openConnection(url);
  await make(open, shop);
  await open.connection.script(rows);
}
