import { describe, expect, test } from 'vitest';
import { applyChange, applyChanges } from '../../../../src/catalog/change/apply.ts';
import { invertChanges } from '../../../../src/catalog/change/invert.ts';
import { diffCatalogs, unclearRenames } from '../../../../src/catalog/diff/diff-catalogs.ts';
import { noDecisions, type Rename } from '../../../../src/catalog/diff/rename.ts';
import type { Catalog } from '../../../../src/catalog/model/catalog.ts';
import { textExpression } from '../../../../src/catalog/model/expression.ts';
import type { IndexDefinition } from '../../../../src/catalog/model/index-definition.ts';
import type { Sequence } from '../../../../src/catalog/model/sequence.ts';
import type { Table } from '../../../../src/catalog/model/table.ts';
import { comparable } from './comparable.ts';
import { product, raw, shop, withColumn, withProduct, withRaw } from './shop.ts';

interface Difference {
  readonly to: Catalog;
  readonly kind: string;
  readonly renames?: readonly Rename[];
}

const first = <T>(members: readonly T[], change: Partial<T>): readonly T[] =>
  members.map((member, position) => (position === 0 ? { ...member, ...change } : member));
const withIndex = (members: Partial<IndexDefinition>): Catalog =>
  withProduct((table) => ({ ...table, indexes: first(table.indexes, members) }));
const withForeignKey = (members: Partial<Table['foreignKeys'][number]>): Catalog =>
  withProduct((table) => ({ ...table, foreignKeys: first(table.foreignKeys, members) }));
const withUnique = (members: Partial<Table['uniques'][number]>): Catalog =>
  withProduct((table) => ({ ...table, uniques: first(table.uniques, members) }));
const withCheck = (members: Partial<Table['checks'][number]>): Catalog =>
  withProduct((table) => ({ ...table, checks: first(table.checks, members) }));
const withSequence = (members: Partial<Sequence>): Catalog => ({ ...shop, sequences: first(shop.sequences, members) });
const withValues = (...values: readonly string[]): Catalog => ({ ...shop, enums: [{ name: 'grade', values }] });
const withView = (members: Partial<Catalog['views'][number]>): Catalog => ({
  ...shop,
  views: first(shop.views, members),
});
const withIdentity = (members: object): Catalog =>
  withColumn('id', { identity: { generation: 'always', start: '10', ...members } });
const withoutMember = (list: 'columns' | 'uniques' | 'checks' | 'foreignKeys' | 'indexes', name: string): Catalog =>
  withProduct((table) => ({ ...table, [list]: table[list].filter((member) => member.name !== name) }));
const plain = (name: string): Table => ({
  ...product,
  name,
  columns: [],
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
  primaryKey: undefined as never,
});
const { primaryKey: _key, ...emptyTable } = plain('added');
const table = { name: 'product' };

const differences: Readonly<Record<string, Difference>> = {
  'a namespace': { to: { ...shop, namespaces: ['billing'] }, kind: 'create-namespace' },
  'a new table': { to: { ...shop, tables: [emptyTable, ...shop.tables] }, kind: 'create-table' },
  'a renamed table': {
    to: applyChange({ kind: 'rename-table', table, to: 'article' }, shop),
    kind: 'rename-table',
    renames: [{ kind: 'rename-table', table, to: 'article' }],
  },
  'the comment of a table': { to: withProduct((one) => ({ ...one, comment: 'goods' })), kind: 'set-table-comment' },
  'a new column': {
    to: withProduct((one) => ({
      ...one,
      columns: [...one.columns, { name: 'weight', type: { kind: 'real' }, nullable: true }],
    })),
    kind: 'add-column',
  },
  'a dropped column': {
    to: withProduct((one) => ({ ...one, columns: one.columns.filter(({ name }) => name !== 'label') })),
    kind: 'drop-column',
  },
  'a renamed column': {
    to: applyChange({ kind: 'rename-column', table, column: 'title', to: 'heading' }, shop),
    kind: 'rename-column',
    renames: [{ kind: 'rename-column', table, column: 'title', to: 'heading' }],
  },
  'the type of a column': { to: withColumn('stock', { type: { kind: 'bigint' } }), kind: 'alter-column' },
  'the length of a column': {
    to: withColumn('title', { type: { kind: 'varchar', length: 80 } }),
    kind: 'alter-column',
  },
  'null of a column': { to: withColumn('stock', { nullable: false }), kind: 'alter-column' },
  'the default of a column': {
    to: withColumn('stock', { default: { kind: 'literal', value: 1 } }),
    kind: 'alter-column',
  },
  'a default that is SQL': {
    to: withColumn('stock', { default: { kind: 'expression', expression: textExpression('1 + 1') } }),
    kind: 'alter-column',
  },
  'the expression of a generated column': {
    to: withColumn('label', { generated: { expression: textExpression('lower(title)'), stored: true } }),
    kind: 'alter-column',
  },
  'a generated column that is no longer stored': {
    to: withColumn('label', { generated: { ...product.columns[5]!.generated!, stored: false } }),
    kind: 'alter-column',
  },
  'who numbers an identity': { to: withIdentity({ generation: 'by-default' }), kind: 'alter-column' },
  'the start of an identity': { to: withIdentity({ start: '20' }), kind: 'alter-column' },
  'the increment of an identity': { to: withIdentity({ increment: '5' }), kind: 'alter-column' },
  'the bounds of an identity': { to: withIdentity({ minimum: '5', maximum: '500' }), kind: 'alter-column' },
  'the cache of an identity': { to: withIdentity({ cache: '50' }), kind: 'alter-column' },
  'the cycle of an identity': { to: withIdentity({ cycle: true }), kind: 'alter-column' },
  'the collation of a column': { to: withColumn('title', { collation: 'C' }), kind: 'alter-column' },
  'the comment of a column': { to: withColumn('title', { comment: 'shown' }), kind: 'alter-column' },
  'the storage of a column': { to: withColumn('title', { options: { storage: 'external' } }), kind: 'alter-column' },
  'the compression of a column': { to: withColumn('title', { options: { compression: 'lz4' } }), kind: 'alter-column' },
  'the statistics of a column': { to: withColumn('title', { options: { statistics: 500 } }), kind: 'alter-column' },
  'the columns of the primary key': {
    to: withProduct((one) => ({ ...one, primaryKey: { name: 'product_pkey', columns: ['id', 'title'] } })),
    kind: 'set-primary-key',
  },
  'the name of the primary key': {
    to: withProduct((one) => ({ ...one, primaryKey: { name: 'product_key', columns: ['id'] } })),
    kind: 'rename-constraint',
  },
  'a primary key that goes': {
    to: withProduct((one) => {
      const { primaryKey: _, ...keyless } = one;
      return keyless;
    }),
    kind: 'set-primary-key',
  },
  'a new unique constraint': {
    to: withProduct((one) => ({
      ...one,
      uniques: [...one.uniques, { name: 'product_price_key', columns: ['price'] }],
    })),
    kind: 'add-unique',
  },
  'a dropped unique constraint': { to: withoutMember('uniques', 'product_title_key'), kind: 'drop-unique' },
  'the columns of a unique constraint': { to: withUnique({ columns: ['title', 'price'] }), kind: 'alter-unique' },
  'nulls of a unique constraint': { to: withUnique({ nullsNotDistinct: true }), kind: 'alter-unique' },
  'when a unique constraint is looked at': { to: withUnique({ deferrable: 'deferred' }), kind: 'alter-unique' },
  'the name of a unique constraint': { to: withUnique({ name: 'title_once' }), kind: 'rename-constraint' },
  'a new foreign key': {
    to: withProduct((one) => ({
      ...one,
      foreignKeys: [...one.foreignKeys, { ...one.foreignKeys[0]!, name: 'second', onDelete: 'cascade' as const }],
    })),
    kind: 'add-foreign-key',
  },
  'a dropped foreign key': { to: withoutMember('foreignKeys', 'product_maker_id_fkey'), kind: 'drop-foreign-key' },
  'what a foreign key does on delete': { to: withForeignKey({ onDelete: 'cascade' }), kind: 'alter-foreign-key' },
  'what a foreign key does on update': { to: withForeignKey({ onUpdate: 'set-null' }), kind: 'alter-foreign-key' },
  'when a foreign key is looked at': { to: withForeignKey({ deferrable: 'immediate' }), kind: 'alter-foreign-key' },
  'how a foreign key matches': { to: withForeignKey({ match: 'full' }), kind: 'alter-foreign-key' },
  'where a foreign key leads': {
    to: withForeignKey({ references: { ...table, columns: ['id'] } }),
    kind: 'alter-foreign-key',
  },
  'a new check': {
    to: withProduct((one) => ({
      ...one,
      checks: [...one.checks, { name: 'stocked', expression: textExpression('stock >= 0') }],
    })),
    kind: 'add-check',
  },
  'a dropped check': { to: withoutMember('checks', 'price_positive'), kind: 'drop-check' },
  'the expression of a check': { to: withCheck({ expression: textExpression('price > 1') }), kind: 'alter-check' },
  'a check that is not inherited': { to: withCheck({ noInherit: true }), kind: 'alter-check' },
  'a check that is not enforced': { to: withCheck({ notEnforced: true }), kind: 'alter-check' },
  'a new index': {
    to: withProduct((one) => ({
      ...one,
      indexes: [...one.indexes, { name: 'product_price_idx', keys: [{ column: 'price' }], unique: false }],
    })),
    kind: 'create-index',
  },
  'a dropped index': { to: withoutMember('indexes', 'product_stock_idx'), kind: 'drop-index' },
  'the name of an index': { to: withIndex({ name: 'by_stock' }), kind: 'rename-index' },
  'an index that becomes unique': { to: withIndex({ unique: true }), kind: 'alter-index' },
  'the method of an index': { to: withIndex({ method: 'hash' }), kind: 'alter-index' },
  'the expression of an index': {
    to: withIndex({ keys: [{ expression: textExpression('abs(stock)') }] }),
    kind: 'alter-index',
  },
  'the predicate of an index': { to: withIndex({ where: textExpression('stock > 0') }), kind: 'alter-index' },
  'the order of an index': { to: withIndex({ keys: [{ column: 'stock', order: 'desc' }] }), kind: 'alter-index' },
  'where nulls stand in an index': {
    to: withIndex({ keys: [{ column: 'stock', nulls: 'first' }] }),
    kind: 'alter-index',
  },
  'what an index includes': { to: withIndex({ include: ['title'] }), kind: 'alter-index' },
  'the operator class of an index': {
    to: withIndex({ keys: [{ column: 'stock', operatorClass: 'int4_ops' }] }),
    kind: 'alter-index',
  },
  'the collation of an index': { to: withIndex({ keys: [{ column: 'stock', collation: 'C' }] }), kind: 'alter-index' },
  'the prefix of an index': { to: withIndex({ keys: [{ column: 'stock', prefixLength: 4 }] }), kind: 'alter-index' },
  'nulls of an index': { to: withIndex({ nullsNotDistinct: true }), kind: 'alter-index' },
  'the comment of an index': { to: withIndex({ comment: 'for the list' }), kind: 'alter-index' },
  'the options of an index': { to: withIndex({ options: { fillfactor: 70 } }), kind: 'alter-index' },
  'a new sequence': {
    to: { ...shop, sequences: [...shop.sequences, { name: 'ticket_number' }] },
    kind: 'create-sequence',
  },
  'a dropped sequence': { to: { ...shop, sequences: [] }, kind: 'drop-sequence' },
  'the bounds of a sequence': { to: withSequence({ maximum: '1000', cycle: true }), kind: 'alter-sequence' },
  'the type and cache of a sequence': { to: withSequence({ type: 'integer', cache: '20' }), kind: 'alter-sequence' },
  'the owner of a sequence': { to: withSequence({ ownedBy: { table, column: 'stock' } }), kind: 'alter-sequence' },
  'a renamed sequence': {
    to: withSequence({ name: 'receipt_number' }),
    kind: 'rename-sequence',
    renames: [{ kind: 'rename-sequence', sequence: { name: 'invoice_number' }, to: 'receipt_number' }],
  },
  'a new enum': { to: { ...shop, enums: [...shop.enums, { name: 'size', values: ['s'] }] }, kind: 'create-enum' },
  'a value that comes to an enum': { to: withValues('bad', 'fair', 'good', 'best'), kind: 'alter-enum' },
  'a value that goes from an enum': { to: withValues('good', 'best'), kind: 'alter-enum' },
  'the order of an enum': { to: withValues('best', 'good', 'bad'), kind: 'alter-enum' },
  'a renamed value of an enum': {
    to: withValues('poor', 'good', 'best'),
    kind: 'rename-enum-value',
    renames: [{ kind: 'rename-enum-value', enum: { name: 'grade' }, value: 'bad', to: 'poor' }],
  },
  'the comment of an enum': {
    to: { ...shop, enums: [{ ...shop.enums[0]!, comment: 'how good' }] },
    kind: 'alter-enum',
  },
  'the name of an enum': {
    to: applyChange({ kind: 'rename-enum', enum: { name: 'grade' }, to: 'quality' }, shop),
    kind: 'rename-enum',
  },
  'a new view': {
    to: { ...shop, views: [...shop.views, { ...shop.views[1]!, name: 'two', query: textExpression('select 2 as n') }] },
    kind: 'create-view',
  },
  'a dropped view': { to: { ...shop, views: shop.views.slice(1) }, kind: 'drop-view' },
  'the name of a view': { to: withView({ name: 'makers' }), kind: 'rename-view' },
  'the query of a view': {
    to: withView({ query: textExpression('select upper(name) as name from maker') }),
    kind: 'alter-view',
  },
  'the options of a view': { to: withView({ options: { securityInvoker: true } }), kind: 'alter-view' },
  'the query of a materialized view': {
    to: { ...shop, views: [shop.views[0]!, { ...shop.views[1]!, query: textExpression('select 3 as n') }] },
    kind: 'alter-view',
  },
  'a view that becomes materialized': { to: withView({ materialized: true }), kind: 'alter-view' },
  'a new function': { to: { ...shop, raw: [...shop.raw, raw('function', 'twice')] }, kind: 'create-raw' },
  'a dropped trigger': { to: { ...shop, raw: shop.raw.filter(({ type }) => type !== 'trigger') }, kind: 'drop-raw' },
  'the text of a domain': { to: withRaw('domain', { create: { postgresql: 'other' } }), kind: 'alter-raw' },
  'the text of a function': { to: withRaw('function', { create: { postgresql: 'other' } }), kind: 'alter-raw' },
  'the text of a trigger': { to: withRaw('trigger', { create: { postgresql: 'other' } }), kind: 'alter-raw' },
  'the text of a policy': { to: withRaw('policy', { create: { postgresql: 'other' } }), kind: 'alter-raw' },
  'the text of a grant': { to: withRaw('grant', { create: { postgresql: 'other' } }), kind: 'alter-raw' },
};

const tableOptions = {
  unlogged: true,
  rowSecurity: true,
  forceRowSecurity: true,
  replicaIdentity: 'full',
  tablespace: 'fast',
  fillfactor: 70,
  engine: 'InnoDB',
  charset: 'utf8mb4',
  collation: 'utf8mb4_bin',
  rowFormat: 'compressed',
  systemVersioning: true,
  strict: true,
  withoutRowid: true,
} as const;

const all: Readonly<Record<string, Difference>> = {
  ...differences,
  ...Object.fromEntries(
    Object.entries(tableOptions).map(([name, value]) => [
      `the table option ${name}`,
      { to: withProduct((one) => ({ ...one, options: { [name]: value } })), kind: 'set-table-options' },
    ]),
  ),
};

describe.for(Object.entries(all))('%s', ([, { to, kind, renames = [] }]) => {
  const decisions = { renames, drops: [] };

  test('is exactly one change, which leads there and back', () => {
    const changes = diffCatalogs(shop, to, decisions);

    expect(changes.map((change) => change.kind)).toEqual([kind]);
    const reached = applyChanges(changes, shop);
    expect(comparable(reached)).toEqual(comparable(to));
    expect(diffCatalogs(reached, to, decisions)).toEqual([]);
    expect(comparable(applyChanges(invertChanges(changes, shop), reached))).toEqual(comparable(shop));
  });

  test('is exactly one change on the way back too', () => {
    const back = diffCatalogs(to, shop, { renames: invertChanges(renames, shop) as readonly Rename[], drops: [] });

    expect(back).toHaveLength(1);
    expect(comparable(applyChanges(back, to))).toEqual(comparable(shop));
  });
});

test('any two of these states lead to each other and back', () => {
  const states = [shop, ...Object.values(all).map(({ to }) => to)];
  const pairs = states.flatMap((from, one) =>
    states.filter((_to, other) => (one * 7 + other) % 41 === 0).map((to) => [from, to] as const),
  );

  for (const [from, to] of pairs) {
    const decisions = { renames: [], drops: unclearRenames(from, to, noDecisions).map(({ gone }) => gone) };
    const changes = diffCatalogs(from, to, decisions);
    const reached = applyChanges(changes, from);

    expect(comparable(reached)).toEqual(comparable(to));
    expect(comparable(applyChanges(invertChanges(changes, from), reached))).toEqual(comparable(from));
  }
  expect(pairs.length).toBeGreaterThan(250);
});
