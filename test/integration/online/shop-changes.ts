import type { Change } from '../../../src/catalog/change/change.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { column, shop } from './shop.ts';

const purchase = { name: 'purchase' };
const customer = { name: 'customer' };
const columns = new Map(shop.tables.flatMap((table) => table.columns.map((one) => [`${table.name}.${one.name}`, one])));

function existing(name: string): Column {
  const found = columns.get(name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

/** What can change about the shop, one by one. */
export const shopChanges: readonly (readonly [string, Change])[] = [
  [
    'an index',
    {
      kind: 'create-index',
      table: purchase,
      index: { name: 'by_customer', keys: [{ column: 'customer' }], unique: false },
    },
  ],
  ['an index that goes', { kind: 'drop-index', table: purchase, name: 'purchase_note' }],
  [
    'an index with other keys',
    {
      kind: 'alter-index',
      table: purchase,
      index: { name: 'purchase_note', keys: [{ column: 'note' }], unique: false, comment: 'by note' },
    },
  ],
  [
    'a unique constraint',
    { kind: 'add-unique', table: customer, unique: { name: 'customer_email_key', columns: ['email'] } },
  ],
  [
    'a unique constraint with other columns',
    { kind: 'alter-unique', table: purchase, unique: { name: 'purchase_total_key', columns: ['total'] } },
  ],
  [
    'another primary key',
    { kind: 'set-primary-key', table: purchase, primaryKey: { name: 'purchase_pkey', columns: ['customer', 'id'] } },
  ],
  [
    'a primary key of another name',
    { kind: 'set-primary-key', table: purchase, primaryKey: { name: 'purchase_key', columns: ['total'] } },
  ],
  ['no primary key', { kind: 'set-primary-key', table: purchase, primaryKey: null }],
  [
    'a check',
    { kind: 'add-check', table: purchase, check: { name: 'short', expression: textExpression('length(note) < 15') } },
  ],
  [
    'a check that says something else',
    {
      kind: 'alter-check',
      table: purchase,
      check: { name: 'purchase_total', expression: textExpression('total >= 1') },
    },
  ],
  [
    'a foreign key that acts otherwise',
    {
      kind: 'alter-foreign-key',
      table: purchase,
      foreignKey: {
        name: 'purchase_customer',
        columns: ['customer'],
        references: { name: 'customer', columns: ['id'] },
        onDelete: 'restrict',
        onUpdate: 'cascade',
      },
    },
  ],
  [
    'a column with a value of its own in each row',
    {
      kind: 'add-column',
      table: purchase,
      column: {
        ...column('token', { kind: 'uuid' }),
        default: { kind: 'expression', expression: textExpression('gen_random_uuid()') },
      },
    },
  ],
  [
    'a column with one value for all',
    {
      kind: 'add-column',
      table: purchase,
      column: { ...column('paid', { kind: 'boolean' }), default: { kind: 'literal', value: false }, comment: 'is it?' },
    },
  ],
  [
    'a column that is numbered',
    {
      kind: 'add-column',
      table: customer,
      column: { ...column('number', { kind: 'bigint' }), identity: { generation: 'always', start: '100' } },
    },
  ],
  [
    'a column that is computed',
    {
      kind: 'add-column',
      table: purchase,
      column: {
        ...column('double', { kind: 'integer' }),
        nullable: true,
        generated: { expression: textExpression('(total * 2)'), stored: true },
      },
    },
  ],
  [
    'a column that must have a value',
    { kind: 'alter-column', table: purchase, column: { ...existing('purchase.note'), nullable: false } },
  ],
  [
    'a column that need not have one',
    { kind: 'alter-column', table: purchase, column: { ...existing('purchase.total'), nullable: true } },
  ],
  [
    'a wider text',
    { kind: 'alter-column', table: purchase, column: { ...existing('purchase.note'), type: { kind: 'text' } } },
  ],
  [
    'a wider number in a key and a view',
    { kind: 'alter-column', table: purchase, column: { ...existing('purchase.total'), type: { kind: 'bigint' } } },
  ],
  [
    'a wider number that others refer to',
    { kind: 'alter-column', table: customer, column: { ...existing('customer.id'), type: { kind: 'bigint' } } },
  ],
  [
    'a wider number that is numbered',
    { kind: 'alter-column', table: purchase, column: { ...existing('purchase.id'), type: { kind: 'bigint' } } },
  ],
  [
    'a number that becomes text',
    {
      kind: 'alter-column',
      table: purchase,
      column: { ...existing('purchase.note'), type: { kind: 'varchar', length: 12 } },
    },
  ],
  [
    'an enum that becomes text',
    {
      kind: 'alter-column',
      table: purchase,
      column: { ...existing('purchase.state'), type: { kind: 'text' }, default: { kind: 'literal', value: 'old' } },
    },
  ],
  [
    'another default and no numbering',
    {
      kind: 'alter-column',
      table: purchase,
      column: { ...column('id', { kind: 'integer' }), default: { kind: 'literal', value: 7 } },
    },
  ],
  [
    'numbering',
    {
      kind: 'alter-column',
      table: customer,
      column: { ...existing('customer.id'), identity: { generation: 'always' } },
    },
  ],
  [
    'another comment',
    { kind: 'alter-column', table: purchase, column: { ...existing('purchase.note'), comment: 'other' } },
  ],
  [
    'another collation',
    { kind: 'alter-column', table: purchase, column: { ...existing('purchase.note'), collation: 'C' } },
  ],
  [
    'an enum with more values',
    { kind: 'alter-enum', enum: { name: 'state', values: ['draft', 'new', 'paid', 'packed', 'sent', 'back'] } },
  ],
  [
    'an enum with fewer values in another order',
    { kind: 'alter-enum', enum: { name: 'state', values: ['paid', 'new'], comment: 'how far it is' } },
  ],
  [
    'a view with another query',
    {
      kind: 'alter-view',
      view: {
        name: 'spent',
        query: textExpression('SELECT id, customer FROM purchase'),
        columns: [],
        materialized: false,
      },
    },
  ],
  ['a table with options', { kind: 'set-table-options', table: purchase, options: { fillfactor: 70 } }],
  ['an unlogged table', { kind: 'set-table-options', table: purchase, options: { unlogged: true } }],
  ['a comment of a table', { kind: 'set-table-comment', table: purchase, comment: 'what was bought' }],
];
