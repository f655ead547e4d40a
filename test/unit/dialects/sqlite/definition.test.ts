import { describe, expect, test } from 'vitest';
import type { Change } from '../../../../src/catalog/change/change.ts';
import { emptyCatalog, type Catalog } from '../../../../src/catalog/model/catalog.ts';
import type { Column } from '../../../../src/catalog/model/column.ts';
import { textExpression } from '../../../../src/catalog/model/expression.ts';
import type { IndexDefinition } from '../../../../src/catalog/model/index-definition.ts';
import type { Table } from '../../../../src/catalog/model/table.ts';
import { createSqliteDialect } from '../../../../src/dialects/sqlite/dialect.ts';

const { definition } = createSqliteDialect({ version: '3.54.1', settings: {} });

const users: Table = {
  name: 'users',
  columns: [
    { name: 'id', type: { kind: 'bigint' }, nullable: false, identity: { generation: 'by-default' } },
    { name: 'email', type: { kind: 'varchar', length: 255 }, nullable: false, collation: 'nocase' },
    { name: 'mood', type: { kind: 'enum', name: 'mood' }, nullable: true },
    {
      name: 'price',
      type: { kind: 'decimal', precision: 20, scale: 2 },
      nullable: false,
      default: { kind: 'literal', value: '5' },
    },
    { name: 'born', type: { kind: 'timestamptz', precision: 3 }, nullable: false, default: { kind: 'now' } },
    {
      name: 'size',
      type: { kind: 'integer' },
      nullable: true,
      generated: { expression: textExpression('length("email")'), stored: false },
    },
  ],
  primaryKey: { name: 'users_pkey', columns: ['id'] },
  uniques: [{ name: 'users_email_key', columns: ['email'] }],
  foreignKeys: [
    {
      name: 'users_boss_fkey',
      columns: ['size'],
      references: { name: 'users', columns: ['id'] },
      onDelete: 'set-null',
      onUpdate: 'no-action',
      deferrable: 'deferred',
    },
  ],
  checks: [{ name: 'users_email_check', expression: textExpression('"email" <> \'\'') }],
  indexes: [{ name: 'users_born', keys: [{ column: 'born', order: 'desc' }], unique: false }],
};

const catalog: Catalog = { ...emptyCatalog, enums: [{ name: 'mood', values: ['ok', "it's"] }], tables: [users] };

function compile(change: Change, version?: string): readonly string[] {
  const compiler = version === undefined ? definition : createSqliteDialect({ version, settings: {} }).definition;
  return compiler.compile(change, catalog).map(({ sql }) => sql);
}

test('a column keeps another word for its type, and no word for another type', () => {
  const made = (declared: string, more: Partial<Table> = {}): string => {
    const type = { kind: 'timestamp', precision: 0 } as const;
    const column: Column = { name: 'at', type, nullable: true, options: { declared } };
    const table: Table = {
      name: 't',
      columns: [column],
      uniques: [],
      foreignKeys: [],
      checks: [],
      indexes: [],
      ...more,
    };
    return compile({ kind: 'create-table', table }).join();
  };

  expect(made('datetime')).toBe('create table "t" (\n  "at" datetime\n)');
  expect(() => made('numeric')).toThrow('t.at: its type is not declared as numeric');
  expect(() => made('datetime', { options: { strict: true } })).toThrow('t.at: its type is not declared as datetime');
});

test('a table is made with all its constraints, then its indexes', () => {
  expect(compile({ kind: 'create-table', table: users })).toEqual([
    `create table "users" (
  "id" integer /* bigint */ not null constraint "users_pkey" primary key autoincrement,
  "email" varchar(255) collate "nocase" not null,
  "mood" enum_text constraint "users_mood_enum" check ("mood" in ('ok', 'it''s')),
  "price" decimal_text(20,2) not null default '5.00',
  "born" timestamptz_text(3) not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "size" integer generated always as (length("email")) virtual,
  constraint "users_email_key" unique ("email"),
  constraint "users_email_check" check ("email" <> ''),
  constraint "users_boss_fkey" foreign key ("size") references "users" ("id") on delete set null deferrable initially deferred
)`,
    'create index "users_born" on "users" ("born" desc)',
  ]);
});

test('an index prints expressions, order, collation and predicate', () => {
  const index: IndexDefinition = {
    name: 'i',
    unique: true,
    keys: [
      { expression: textExpression('lower("email")'), collation: 'nocase' },
      { column: 'id', order: 'desc', nulls: 'last' },
    ],
    where: textExpression('"price" is not null'),
  };

  expect(compile({ kind: 'create-index', table: users, index })).toEqual([
    `create unique index "i" on "users" ((lower("email")) collate "nocase", "id" desc) where "price" is not null`,
  ]);
});

test('raw SQL that says nothing for this engine makes no statement', () => {
  expect(compile({ kind: 'raw-sql', up: { any: 'analyze' } })).toEqual(['analyze']);
  expect(compile({ kind: 'raw-sql', up: { any: 'analyze', sqlite: '' } })).toEqual([]);
});

const column: Column = { name: 'c', type: { kind: 'integer' }, nullable: true };
const addColumn = (more: Partial<Column>): Change => ({
  kind: 'add-column',
  table: users,
  column: { ...column, ...more },
});
const createTable = (more: Partial<Table>, only: Partial<Column> = {}): Change => ({
  kind: 'create-table',
  table: {
    name: 't',
    columns: [{ ...column, ...only }],
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
    ...more,
  },
});
const createIndex = (more: Partial<IndexDefinition>): Change => ({
  kind: 'create-index',
  table: users,
  index: { name: 'i', keys: [{ column: 'email' }], unique: false, ...more },
});
const expression = textExpression('1');

describe('what sqlite lacks is refused before it is sent, by name', () => {
  const gaps: readonly (readonly [string, Change, string])[] = [
    ['a namespace', { kind: 'create-namespace', name: 'n' }, 'n: '],
    ['a table in a namespace', createTable({ namespace: 'n' }), 'n.t: '],
    ['a reserved name', createTable({ name: 'sqlite_t' }), 'sqlite_t: '],
    ['a sequence', { kind: 'create-sequence', sequence: { name: 's' } }, 's: '],
    ['an array', createTable({}, { type: { kind: 'array', of: { kind: 'text' } } }), 't.c: '],
    ['a vector', createTable({}, { type: { kind: 'vector', dimensions: 3 } }), 't.c: '],
    ['a collation', createTable({}, { collation: 'de_DE' }), 't.c: '],
    ['a foreign option', createTable({ options: { engine: 'InnoDB' } }), 't: '],
    ['numbers beside the key', createTable({}, { identity: { generation: 'by-default' } }), 't.c: '],
    [
      'numbers always',
      createTable({ primaryKey: { columns: ['c'] } }, { identity: { generation: 'always' } }),
      't.c: ',
    ],
    ['an unknown enum', createTable({}, { type: { kind: 'enum', name: 'none' } }), 't.c: '],
    ['a moment in a number', createTable({}, { default: { kind: 'now' } }), 't.c: '],
    ['equal nulls', createTable({ uniques: [{ name: 'u', columns: ['c'], nullsNotDistinct: true }] }), 't.u: '],
    ['a method', createIndex({ method: 'gin' }), 'users.i: '],
    ['included columns', createIndex({ include: ['id'] }), 'users.i: '],
    ['equal nulls of an index', createIndex({ nullsNotDistinct: true }), 'users.i: '],
    ['nulls in another order', createIndex({ keys: [{ column: 'id', nulls: 'last' }] }), 'users.i: '],
    ['an operator class', createIndex({ keys: [{ column: 'id', operatorClass: 'x' }] }), 'users.i: '],
    ['a prefix', createIndex({ keys: [{ column: 'id', prefixLength: 3 }] }), 'users.i: '],
    [
      'a kept view',
      { kind: 'create-view', view: { name: 'v', query: expression, columns: [], materialized: true } },
      'v: ',
    ],
    ['an added number', addColumn({ identity: { generation: 'by-default' } }), 'users.c: '],
    ['an added moment', addColumn({ default: { kind: 'now' } }), 'users.c: '],
    ['raw SQL of another engine', { kind: 'raw-sql', up: { mysql: 'x' } }, 'raw SQL: '],
  ];

  test.each(gaps)('%s', (_, change, prefix) => {
    expect(() => compile(change)).toThrow(
      expect.objectContaining({
        code: 'CAPABILITY_MISSING',
        message: expect.stringContaining(prefix),
        hint: expect.any(String),
      }),
    );
  });
});

describe('what SQLite cannot change in place', () => {
  const [unique] = users.uniques;
  const [foreignKey] = users.foreignKeys;
  const [check] = users.checks;
  if (unique === undefined || foreignKey === undefined || check === undefined) throw new Error('users has one of each');
  const column: Column = { name: 'c', type: { kind: 'text' }, nullable: true };
  const expression = textExpression('lower("email")');
  const changes: readonly Change[] = [
    { kind: 'add-unique', table: users, unique: { ...unique, name: 'other' } },
    { kind: 'drop-unique', table: users, name: unique.name },
    { kind: 'add-foreign-key', table: users, foreignKey: { ...foreignKey, name: 'other' } },
    { kind: 'drop-foreign-key', table: users, name: foreignKey.name },
    { kind: 'add-column', table: users, column: { ...column, generated: { expression, stored: true } } },
    { kind: 'add-column', table: users, column: { ...column, default: { kind: 'expression', expression } } },
    { kind: 'add-column', table: users, column: { ...column, nullable: false } },
  ];

  test.each(changes)('$kind makes the table anew, with references switched off', (change) => {
    const statements = definition.compile(change, catalog);

    expect(statements.map(({ sql }) => sql.split(/[ (]/, 3).join(' '))).toEqual([
      'create table "users_rowhouse_new"',
      'insert into sqlite_sequence',
      'insert into "users_rowhouse_new"',
      'drop table "users"',
      'alter table "users_rowhouse_new"',
      'create index "users_born"',
    ]);
    expect(statements.every(({ rebuilds, transactional }) => rebuilds === true && transactional)).toBe(true);
  });

  test('checks change in place from sqlite 3.53 on', () => {
    const added: Change = { kind: 'add-check', table: users, check: { ...check, name: 'other' } };

    expect(compile(added)).toEqual(['alter table "users" add constraint "other" check ("email" <> \'\')']);
    expect(compile(added, '3.52.0')[0]).toMatch(/^create table "users_rowhouse_new" /);
  });

  test('a check that sqlite knows by no name goes with its table made anew', () => {
    const table = { ...users, options: { 'unnamed users_email_check': true } };
    const before = { ...catalog, tables: [table] };

    const made = definition.compile({ kind: 'create-table', table }, before).map(({ sql }) => sql);
    const [first] = definition.compile({ kind: 'drop-check', table: users, name: 'users_email_check' }, before);

    expect(made[0]).toContain(`"email" varchar(255) collate "nocase" not null check ("email" <> '')`);
    expect(made[0]).not.toContain('users_email_check');
    expect(first?.sql).toMatch(/^create table "users_rowhouse_new" /);
    expect(compile({ kind: 'drop-check', table: users, name: 'users_email_check' })).toEqual([
      'alter table "users" drop constraint "users_email_check"',
    ]);
  });

  test('a column that a check names is not dropped', () => {
    expect(() => compile({ kind: 'drop-column', table: users, column: 'email' })).toThrow(
      expect.objectContaining({ code: 'CHANGE_UNSUPPORTED' }),
    );
  });
});
