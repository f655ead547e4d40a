import { expect, test } from 'vitest';
import { parseIndex } from '../../../../src/dialects/sqlite/inspect/parse-index.ts';
import { parseTable } from '../../../../src/dialects/sqlite/inspect/parse-table.ts';
import { tokenize, unquote } from '../../../../src/dialects/sqlite/inspect/tokens.ts';

test('all four kinds of quotes are taken off', () => {
  const tokens = tokenize(`"a""b" \`c\`\`d\` [e"f] 'it''s' plain`);

  expect(tokens.map(unquote)).toEqual(['a"b', 'c`d', 'e"f', "it's", 'plain']);
});

test('comments separate and are otherwise not seen', () => {
  const tokens = tokenize(`a/* ) */b -- it's\n'--x' "/*y*/" /* open`);

  expect(tokens.map(({ text }) => text)).toEqual(['a', 'b', `'--x'`, '"/*y*/"']);
  expect(tokens[0]?.comment).toBe(')');
});

test('numbers and blobs are one token each', () => {
  expect(tokenize(`1e-3 .5 0xFF x'0a' 1_000`).map(({ kind }) => kind)).toEqual([
    'number',
    'number',
    'number',
    'blob',
    'number',
  ]);
});

test('columns keep what pragmas do not say', () => {
  const { columns } = parseTable(`create table t (
    "id" integer /* bigint */ not null on conflict fail primary key autoincrement,
    name varchar(20) collate nocase default 'a, (b' null,
    total decimal(10, 2) generated always as (a * (b + 1)) stored, short as (1) virtual, untyped)`);

  expect(columns).toEqual([
    { name: 'id', type: 'integer', notNull: true, typeComment: 'bigint', notNullConflict: 'fail' },
    { name: 'name', type: 'varchar(20)', notNull: false, default: `'a, (b'`, collation: 'nocase' },
    {
      name: 'total',
      type: 'decimal(10, 2)',
      notNull: false,
      generated: { expression: 'a * (b + 1)', stored: true },
    },
    { name: 'short', type: '', notNull: false, generated: { expression: '1', stored: false } },
    { name: 'untyped', type: '', notNull: false },
  ]);
});

test('constraints are found on columns and on the table, commas or not', () => {
  const { constraints } = parseTable(`create table t (a int constraint "pk" primary key desc on conflict replace,
    b int default -1 check (b in ('x)', ")")) references p (q) on update set null not null deferrable initially deferred,
    constraint only constraint u unique (a, b desc) constraint f foreign key (a, b) references "p q" match full on delete set default
    check (a > 0) on conflict ignore) strict`);

  expect(constraints).toMatchObject([
    { kind: 'primary-key', name: 'pk', conflict: 'replace', inline: true, terms: [{ name: 'a', descending: true }] },
    { kind: 'check', column: 'b', expression: `b in ('x)', ")")` },
    { kind: 'foreign-key', columns: ['b'], references: ['q'], onUpdate: 'set-null', deferrable: 'deferred' },
    { kind: 'unique', name: 'u', terms: [{ name: 'a' }, { name: 'b', descending: true }] },
    { kind: 'foreign-key', name: 'f', columns: ['a', 'b'], table: 'p q', references: [], onDelete: 'set-default' },
    { kind: 'check', expression: 'a > 0' },
  ]);
});

test('a key of the table may carry autoincrement inside its brackets', () => {
  const { constraints } = parseTable('create table t (id integer, primary key (id autoincrement))');

  expect(constraints).toMatchObject([{ kind: 'primary-key', autoincrement: true, terms: [{ name: 'id' }] }]);
});

test('index keys lose only brackets that hold all of them', () => {
  const { terms, unique, where } = parseIndex(
    'create unique index if not exists "i" on t ((a) + (b), ((c)) collate nocase desc, [d] asc) where d > 1 -- why',
  );

  expect(unique).toBe(true);
  expect(terms).toEqual([
    { text: '(a) + (b)', descending: false },
    { name: 'c', text: 'c', descending: true, collation: 'nocase' },
    { name: 'd', text: '[d]', descending: false },
  ]);
  expect(where).toBe('d > 1');
});
