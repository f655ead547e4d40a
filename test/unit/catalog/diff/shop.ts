import { emptyCatalog, type Catalog } from '../../../../src/catalog/model/catalog.ts';
import { textExpression } from '../../../../src/catalog/model/expression.ts';
import type { RawObject } from '../../../../src/catalog/model/raw-object.ts';
import type { Table } from '../../../../src/catalog/model/table.ts';

const raw = (type: string, name: string, more: Partial<RawObject> = {}): RawObject => ({
  type,
  name,
  stage: 'after-tables',
  create: { postgresql: `create ${type} ${name}` },
  drop: { postgresql: `drop ${type} ${name}` },
  ...more,
});

/** A table with one of everything that a table can have. */
export const product: Table = {
  name: 'product',
  columns: [
    { name: 'id', type: { kind: 'bigint' }, nullable: false, identity: { generation: 'always', start: '10' } },
    { name: 'title', type: { kind: 'varchar', length: 50 }, nullable: false },
    { name: 'price', type: { kind: 'decimal', precision: 8, scale: 2 }, nullable: false },
    { name: 'stock', type: { kind: 'integer' }, nullable: true, default: { kind: 'literal', value: 0 } },
    {
      name: 'grade',
      type: { kind: 'enum', name: 'grade' },
      nullable: false,
      default: { kind: 'literal', value: 'good' },
    },
    {
      name: 'label',
      type: { kind: 'text' },
      nullable: true,
      generated: {
        expression: {
          parts: [
            { kind: 'text', text: 'upper(' },
            { kind: 'name', name: 'title' },
            { kind: 'text', text: ')' },
          ],
        },
        stored: true,
      },
    },
    { name: 'maker_id', type: { kind: 'bigint' }, nullable: true },
  ],
  primaryKey: { name: 'product_pkey', columns: ['id'] },
  uniques: [{ name: 'product_title_key', columns: ['title'] }],
  foreignKeys: [
    {
      name: 'product_maker_id_fkey',
      columns: ['maker_id'],
      references: { name: 'maker', columns: ['id'] },
      onDelete: 'no-action',
      onUpdate: 'no-action',
    },
  ],
  checks: [
    {
      name: 'price_positive',
      expression: {
        parts: [
          { kind: 'name', name: 'price' },
          { kind: 'text', text: ' > 0' },
        ],
      },
    },
  ],
  indexes: [
    { name: 'product_stock_idx', keys: [{ column: 'stock' }], unique: false },
    { name: 'product_lower_idx', keys: [{ expression: textExpression('lower(title)') }], unique: false },
  ],
};

/** A catalog with one of every kind of object. */
export const shop: Catalog = {
  ...emptyCatalog,
  enums: [{ name: 'grade', values: ['bad', 'good', 'best'] }],
  sequences: [{ name: 'invoice_number', start: '1' }],
  tables: [
    {
      name: 'maker',
      columns: [
        { name: 'id', type: { kind: 'bigint' }, nullable: false },
        { name: 'name', type: { kind: 'text' }, nullable: false },
      ],
      primaryKey: { name: 'maker_pkey', columns: ['id'] },
      uniques: [],
      foreignKeys: [],
      checks: [],
      indexes: [],
    },
    product,
  ],
  views: [
    {
      name: 'maker_list',
      query: {
        parts: [
          { kind: 'text', text: 'select name from ' },
          { kind: 'name', name: 'maker' },
        ],
      },
      columns: [{ name: 'name', type: { kind: 'text' }, nullable: true }],
      materialized: false,
    },
    {
      name: 'one',
      query: textExpression('select 1 as n'),
      columns: [{ name: 'n', type: { kind: 'integer' }, nullable: true }],
      materialized: true,
    },
  ],
  raw: [
    raw('domain', 'email', { stage: 'before-tables' }),
    raw('function', 'half'),
    raw('trigger', 'stamp', { table: 'product' }),
    raw('policy', 'own_rows', { table: 'product' }),
    raw('grant', 'reader on product', { table: 'product' }),
  ],
};

/** The shop with its product table changed. */
export function withProduct(change: (table: Table) => Table): Catalog {
  return { ...shop, tables: shop.tables.map((table) => (table.name === 'product' ? change(table) : table)) };
}

/** The shop with one column of its product table changed. */
export function withColumn(name: string, members: Partial<Table['columns'][number]>): Catalog {
  return withProduct((table) => ({
    ...table,
    columns: table.columns.map((column) => (column.name === name ? { ...column, ...members } : column)),
  }));
}

/** The shop with one of its raw objects in other words. */
export function withRaw(type: string, members: Partial<RawObject>): Catalog {
  return { ...shop, raw: shop.raw.map((object) => (object.type === type ? { ...object, ...members } : object)) };
}

/** A raw object that the shop does not have. */
export { raw };
