import { expect, test } from 'vitest';
import { structureDifferences, type Difference } from '../../../src/ops/compare/structure-differences.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { sqliteDatabase } from './sqlite-database.ts';

/** What is found of `there` when `wanted` is expected. */
async function differences(server: TestServer, wanted: string, there: string): Promise<readonly Difference[]> {
  await using one = await sqliteDatabase(server, wanted);
  await using other = await sqliteDatabase(server, there);
  const { structures } = one;
  const [expected, found] = [await structures.read(one.connection), await structures.read(other.connection)];
  return structureDifferences(expected, structures.restate?.(found, expected) ?? found);
}

const parent = 'create table p (id integer primary key);';

const alike: readonly (readonly [what: string, wanted: string, there: string])[] = [
  ['words for a type', 'create table t (a integer, b varchar(9))', 'create table t (a int(11), b nvarchar(9))'],
  [
    'a key that is named',
    'create table t (a text, constraint k primary key (a))',
    'create table t (a text primary key)',
  ],
  ['a unique key', 'create table t (a, constraint k unique (a))', 'create table t (a unique)'],
  ['a check that has a name', 'create table t (a check (a > 0))', 'create table t (a, constraint c check (a > 0))'],
  ['a check', 'create table t (a, constraint c check (a > 0))', 'create table t (a check ((a > 0)))'],
  [
    'a reference to the key',
    `${parent} create table t (a, constraint f foreign key (a) references p (id) on delete cascade)`,
    `${parent} create table t (a references P on delete cascade)`,
  ],
  ['not null of the row’s number', 'create table t (a integer not null primary key)', parent.replace('p (id', 't (a')],
  [
    'not null of a key without a row’s number',
    'create table t (a text not null primary key) without rowid',
    'create table t (a text primary key) without rowid',
  ],
  [
    'not null of a strict key',
    'create table t (a int not null primary key) strict',
    'create table t (a int primary key) strict',
  ],
  ['no default', 'create table t (a)', 'create table t (a default null)'],
  ['a default in another spelling', 'create table t (a boolean default false)', 'create table t (a bool default (0))'],
  ['a number in a text', `create table t (a text default '5')`, 'create table t (a text default 5)'],
  [
    'a text in a number',
    `create table t (a decimal(20,2) default '5.00')`,
    'create table t (a decimal(20,2) default 5)',
  ],
  [
    'the names of a view’s columns',
    'create table t (a, b); create view v ("a", "n") as select a, b as n from t',
    'create table t (a, b); create view v as select a, b as n from t',
  ],
  [
    'the names that a view gives its columns',
    'create table t (a, b); create view v as select a, b as n from t',
    'create table t (a, b); create view v (a, "n") as select a, b as n from t',
  ],
  [
    'a key in descending order',
    'create table t (a int, constraint k primary key (a desc))',
    'create table t (a int primary key desc)',
  ],
];

const different: readonly (readonly [what: string, wanted: string, there: string])[] = [
  ['a wider type', 'create table t (a integer)', 'create table t (a bigint)'],
  ['a longer text', 'create table t (a varchar(9))', 'create table t (a varchar(10))'],
  ['a type that is stored otherwise', 'create table t (a timestamp_text(0))', 'create table t (a datetime)'],
  ['numbers that became texts', 'create table t (a decimal_text)', 'create table t (a numeric)'],
  [
    'a key that became the row’s number',
    'create table t (a int primary key)',
    'create table t (a integer primary key)',
  ],
  ['another name', 'create table t (a, constraint k unique (a))', 'create table t (a, constraint l unique (a))'],
  ['another check', 'create table t (a, constraint c check (a > 0))', 'create table t (a check (a > 1))'],
  ['a check that is gone', 'create table t (a, constraint c check (a > 0))', 'create table t (a)'],
  ['a check more', 'create table t (a check (a > 0))', 'create table t (a check (a > 0) check (a < 9))'],
  ['nulls in a key', 'create table t (a text not null primary key)', 'create table t (a text primary key)'],
  ['nulls', 'create table t (a text not null)', 'create table t (a text)'],
  [
    'another action',
    `${parent} create table t (a references p (id))`,
    `${parent} create table t (a references p on delete cascade)`,
  ],
  ['another default', 'create table t (a integer default 1)', 'create table t (a integer default 2)'],
  ['a default that is a text', 'create table t (a default 1)', `create table t (a default '1')`],
  ['another collation', 'create table t (a text collate nocase)', 'create table t (a text)'],
  [
    'another name of a view’s column',
    'create table t (a); create view v ("b") as select a from t',
    'create table t (a); create view v as select a from t',
  ],
];

describeServers(['sqlite'], 'a database beside what its revisions make', (server) => {
  test.each(alike)('is the same in other words: %s', async (_what, wanted, there) => {
    expect(await differences(server, wanted, there)).toEqual([]);
  });

  test.each(different)('differs: %s', async (_what, wanted, there) => {
    expect(await differences(server, wanted, there)).toHaveLength(1);
  });

  test('differs only in what is another thing', async () => {
    const wanted = 'create table t (a integer not null, b integer, constraint c check (a > 0))';
    const there = 'create table t (a int check (a > 0), b bigint)';

    const [found, ...more] = await differences(server, wanted, there);

    expect(more).toEqual([]);
    expect(found?.attributes).toEqual([
      { name: 'columns.a.notNull', expected: true, found: false },
      { name: 'columns.b.type', expected: 'integer', found: 'bigint' },
    ]);
  });
});
