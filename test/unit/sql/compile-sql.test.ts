import { describe, expect, test } from 'vitest';
import { compileSql, type SqlSpelling } from '../../../src/sql/compile-sql.ts';
import type { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
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

  test('list values as parameters with commas between them', () => {
    const wanted = sql`select 1 where id in (${sql.list([1, null, sql`${2} + 1`])}) and kind = ${'x'}`;

    expect(compileSql(wanted, numbered)).toEqual({
      sql: 'select 1 where id in ($1, $2, $3 + 1) and kind = $4',
      values: [1, null, 2, 'x'],
    });
    expect(compileSql(sql.named('select 1 where id in (:ids)', { ids: sql.list([7, 8]) }), numbered)).toEqual({
      sql: 'select 1 where id in ($1, $2)',
      values: [7, 8],
    });
  });

  test('refuse an empty list, which is no SQL', () => {
    expect(refusal(() => sql.list([]))).toEqual({
      code: 'USAGE',
      message: 'a list of SQL needs at least one value',
      hint: 'an empty list finds nothing: leave out the statement or its condition',
    });
  });

  test('refuse an array as a value, and say what to write', () => {
    const values = {
      code: 'USAGE',
      message: 'an array is no value of SQL',
      hint: 'write `in (${sql.list(values)})`, or JSON.stringify(values) for a JSON array',
    };

    expect(refusal(() => compileSql(sql`select 1 where id in (${[1, 2]})`, numbered))).toEqual(values);
    expect(refusal(() => compileSql(sql.named('select :ids', { ids: [] }), numbered))).toEqual(values);
    expect(refusal(() => compileSql(sql`select ${sql.list([[1], [2]])}`, numbered))).toEqual(values);
    expect(refusal(() => compileSql(sql`select ${[sql`a`, sql`b`]}`, numbered))).toEqual({
      ...values,
      hint: 'put fragments one after another with join(fragments)',
    });
  });

  test('join of nothing is empty', () => {
    expect(compileSql(join([]), numbered)).toEqual({ sql: '', values: [] });
  });
});

function refusal(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    const { code, message, hint } = error as RowhouseError;
    return { code, message, hint };
  }
}
