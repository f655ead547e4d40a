import { describe, expect, test } from 'vitest';
import { compileSql, type SqlSpelling } from '../../../src/sql/compile-sql.ts';
import { id, join, sql } from '../../../src/sql/sql.ts';

const numbered: SqlSpelling = { name: (name) => `"${name.replaceAll('"', '""')}"`, placeholder: (at) => `$${at}` };
const marked: SqlSpelling = { name: (name) => `\`${name}\``, placeholder: () => '?' };

describe('sql fragments', () => {
  test('turn values into parameters and names into identifiers', () => {
    const due = sql`select ${id('id')} from ${id('library', 'loan')} where due < ${'2026-01-01'} limit ${10}`;

    expect(compileSql(due, numbered)).toEqual({
      sql: 'select "id" from "library"."loan" where due < $1 limit $2',
      values: ['2026-01-01', 10],
    });
    expect(compileSql(due, marked).sql).toBe('select `id` from `library`.`loan` where due < ? limit ?');
  });

  test('number the parameters of nested and joined fragments from left to right', () => {
    const terms = [sql`a = ${1}`, sql`b in (${join([sql`${2}`, sql`${3}`])})`];

    expect(compileSql(sql`select ${0} where ${join(terms, ' and ')} or ${4}`, numbered)).toEqual({
      sql: 'select $1 where a = $2 and b in ($3, $4) or $5',
      values: [0, 1, 2, 3, 4],
    });
  });

  test('take a column of a table definition as its name', () => {
    expect(compileSql(sql`${{ columnName: 'created_at' }}`, numbered)).toEqual({ sql: '"created_at"', values: [] });
  });

  test('keep hostile text out of the SQL', () => {
    const hostile = `x'); drop table users; --`;

    expect(compileSql(sql`select ${hostile}`, numbered)).toEqual({ sql: 'select $1', values: [hostile] });
    expect(compileSql(sql`select ${id('a"; drop')}`, numbered).sql).toBe('select "a""; drop"');
  });

  test('join of nothing is empty', () => {
    expect(compileSql(join([]), numbered)).toEqual({ sql: '', values: [] });
  });
});
