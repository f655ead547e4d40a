import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { applyChanges } from '../../../src/catalog/change/apply.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { RawObject } from '../../../src/catalog/model/raw-object.ts';
import type { Finding } from '../../../src/migration/lint/finding.ts';
import { lintRevision } from '../../../src/migration/lint/lint-revision.ts';
import type { Revision } from '../../../src/migration/revision/revision.ts';
import { lintDialect, lintDialects } from './lint-dialects.ts';

const product = { name: 'product' };
const columns = [
  { name: 'id', type: { kind: 'bigint' }, nullable: false },
  { name: 'name', type: { kind: 'varchar', length: 50 }, nullable: false },
  { name: 'stock', type: { kind: 'bigint' }, nullable: true },
] as const;
const createProduct: Extract<Change, { kind: 'create-table' }> = {
  kind: 'create-table',
  table: {
    ...product,
    columns,
    primaryKey: { name: 'product_pkey', columns: ['id'] },
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
  },
};

const author = {
  ...createProduct.table,
  name: 'author',
  primaryKey: { name: 'author_pkey', columns: ['id'] },
};
const before = applyChanges([createProduct, { kind: 'create-table', table: author }], emptyCatalog);
const partitioned = applyChanges(
  [{ kind: 'create-table', table: { ...createProduct.table, options: { partitionBy: 'range (id)' } } }],
  emptyCatalog,
);

function lint(
  revision: Partial<Revision> & Pick<Revision, 'up'>,
  { engine = 'postgresql', source = '', from = before } = {},
): readonly Finding[] {
  const loaded = { id: 'bbbb', parents: [], message: 'next', file: 'b.ts', checksum: '', ...revision };
  return lintRevision(loaded, lintDialect(engine), { file: 'b.ts', source, before: from });
}

const grave = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);

const toAuthor = {
  name: 'product_author_fkey',
  columns: ['stock'],
  references: { name: 'author', columns: ['id'] },
  onDelete: 'no-action',
  onUpdate: 'no-action',
} as const;
const token = {
  name: 'token',
  type: { kind: 'uuid' },
  nullable: false,
  default: { kind: 'expression', expression: textExpression('gen_random_uuid()') },
} as const;

const safeChanges: readonly Change[] = [
  { kind: 'add-foreign-key', table: product, foreignKey: toAuthor },
  { kind: 'alter-column', table: product, column: { name: 'stock', type: { kind: 'bigint' }, nullable: false } },
  { kind: 'alter-column', table: product, column: { name: 'stock', type: { kind: 'integer' }, nullable: true } },
  { kind: 'add-column', table: product, column: token },
  {
    kind: 'create-index',
    table: product,
    index: { name: 'product_stock', unique: false, keys: [{ column: 'stock' }] },
  },
  { kind: 'add-unique', table: product, unique: { name: 'product_name_key', columns: ['name'] } },
  { kind: 'add-check', table: product, check: { name: 'stock_there', expression: textExpression('stock >= 0') } },
  { kind: 'add-column', table: product, column: { name: 'note', type: { kind: 'text' }, nullable: true } },
];

const safeEverywhere = safeChanges
  .map((change, at) => [at + 1, change.kind, change] as const)
  .flatMap((one) => lintDialects.map(({ name }) => [name, ...one] as const))
  // The function is PostgreSQL's own.
  .filter(([engine, , , change]) => engine === 'postgresql' || !JSON.stringify(change).includes('gen_random_uuid'));

const copyOf = (name: string): Change => ({ kind: 'create-table', table: { ...createProduct.table, name } });

describe('a revision', () => {
  test.each(safeEverywhere)(
    'for %s whose %i. change, %s, is planned online has no error',
    (engine, _at, _kind, change) => {
      expect(grave(lint({ up: [change] }, { engine }))).toEqual([]);
    },
  );

  test('that rebuilds a table of SQLite more than once has no error', () => {
    const up: readonly Change[] = [
      { kind: 'alter-column', table: product, column: { name: 'stock', type: { kind: 'bigint' }, nullable: false } },
      { kind: 'add-foreign-key', table: product, foreignKey: toAuthor },
    ];

    expect(grave(lint({ up }, { engine: 'sqlite' }))).toEqual([]);
  });

  test.each(['mysql', 'mariadb'])(
    'that changes a column on %s is told nothing that the server is asked about',
    (engine) => {
      const column = { name: 'name', type: { kind: 'varchar', length: 20 }, nullable: true } as const;
      const up: readonly Change[] = [{ kind: 'alter-column', table: product, column }];
      const byHand: readonly Change[] = [
        { kind: 'raw-sql', up: { any: 'alter table product modify column name varchar(20) null' } },
      ];

      expect(lint({ up }, { engine })).toEqual([]);
      expect(grave(lint({ up: byHand }, { engine }))).toEqual(['modify-column-copies']);
    },
  );

  test('that computes a column or excludes rows on PostgreSQL is made on a copy where it must, unless it is by hand', () => {
    const generated = { expression: textExpression('stock * 2'), stored: true };
    const twice = { name: 'twice', type: { kind: 'bigint' }, nullable: true, generated } as const;
    const excluding = 'alter table "product" add constraint "apart" exclude using gist ("stock" with =)';
    const object: RawObject = {
      type: 'constraint',
      name: 'apart',
      stage: 'after-tables',
      create: { any: excluding },
      drop: { any: 'select 1' },
    };
    const byHand = ['alter table product add column twice bigint generated always as (stock * 2) stored', excluding];

    expect(grave(lint({ up: [{ kind: 'add-column', table: product, column: twice }] }))).toEqual([]);
    expect(grave(lint({ up: [{ kind: 'create-raw', object }] }))).toEqual([]);
    expect(grave(lint({ up: byHand.map((any) => ({ kind: 'raw-sql', up: { any } })) }))).toEqual([
      'add-stored-column',
      'add-exclusion-constraint',
    ]);
  });

  test('that gives an index or a key to a partitioned table is made a partition at a time, unless it is by hand', () => {
    const made: readonly Change[] = [
      { kind: 'create-index', table: product, index: { name: 'i', keys: [{ column: 'stock' }], unique: false } },
      { kind: 'add-unique', table: product, unique: { name: 'u', columns: ['id', 'stock'] } },
    ];
    const index = 'create index i on product (stock)';
    const unique = 'alter table product add constraint u unique (id, stock)';

    expect(grave(lint({ up: made }, { from: partitioned }))).toEqual([]);
    expect(grave(lint({ up: [{ kind: 'raw-sql', up: { any: `${index}; ${unique}` } }] }))).toEqual([
      'create-index-blocks-writes',
      'add-unique-builds-index',
    ]);
  });

  test('is judged by the statements of its plan, which makes a table with its foreign keys on SQLite', () => {
    const made = { ...toAuthor, name: 'copy_author_fkey' };
    const up: readonly Change[] = [
      copyOf('copy'),
      { kind: 'add-foreign-key', table: { name: 'copy' }, foreignKey: made },
      { kind: 'add-foreign-key', table: { name: 'copy' }, foreignKey: { ...made, name: 'copy_other_fkey' } },
    ];

    expect(lint({ up }, { engine: 'sqlite' })).toEqual([]);
  });

  test('that changes a type by hand is an error, because only its author knows what it costs', () => {
    const wider: Change = {
      kind: 'alter-column',
      table: product,
      column: { name: 'name', type: { kind: 'varchar', length: 90 }, nullable: false },
    };
    const byHand: Change = { kind: 'raw-sql', up: { any: 'alter table product alter column name type varchar(90)' } };

    expect(grave(lint({ up: [wider] }))).toEqual([]);
    expect(grave(lint({ up: [byHand] }))).toEqual(['change-column-type']);
  });

  test.each(lintDialects.map(({ name }) => name))('may do anything to a table that it makes itself on %s', (engine) => {
    const fresh = { ...createProduct, table: { ...createProduct.table, name: 'fresh' } };
    const index: Change = {
      kind: 'create-index',
      table: { name: 'fresh' },
      index: { name: 'i', unique: false, keys: [{ column: 'name' }] },
    };

    expect(grave(lint({ up: [fresh, index] }, { engine }))).toEqual([]);
  });

  test('that drops a column is an error on the line of the change, unless it contracts', () => {
    const up: readonly Change[] = [{ kind: 'drop-column', table: product, column: 'stock' }];
    const source = `export default {\n  up: [\n    { kind: 'drop-column', table: { name: 'product' }, column: 'stock' },\n  ],\n};\n`;

    expect(lint({ up }, { source }).filter(({ code }) => code === 'drop-column')).toMatchObject([
      { file: 'b.ts', line: 3, column: 7, severity: 'error' },
    ]);
    expect(grave(lint({ up, phase: 'contract' }, { source }))).toEqual([]);
  });

  test('may break a rule that it or a comment in its file allows', () => {
    const up: readonly Change[] = [{ kind: 'drop-column', table: product, column: 'stock' }];
    const source = `// rowhouse: allow drop-column: nobody reads it since May\n{ kind: 'drop-column' }`;

    expect(grave(lint({ up, allow: [{ code: 'drop-column', reason: 'nobody reads it' }] }))).toEqual([]);
    expect(grave(lint({ up }, { source }))).toEqual([]);
    expect(grave(lint({ up, allow: [{ code: 'drop-column', reason: ' ' }] }))).toEqual(['suppression-without-reason']);
  });

  test('with SQL by hand is judged by its text, on the line that holds it', () => {
    const sql = 'alter table product add column code text;\ncreate index product_code on product (code)';
    const source = `export default {\n  up: [{ kind: 'raw-sql', up: { any: \`${sql}\` } }],\n};\n`;

    const found = lint({ up: [{ kind: 'raw-sql', up: { any: sql } }] }, { source });

    expect(found.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'create-index-blocks-writes',
        line: 3,
        column: 1,
        statement: 'create index product_code on product (code)',
      },
    ]);
  });
});
