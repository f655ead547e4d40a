import { describe, expect, test } from 'vitest';
import { summarize } from '../../../src/database/statement-summary.ts';
import { withoutConstants } from '../../../src/database/statement-text.ts';

describe('SQL without constants', () => {
  test.each([
    [`select "it's" from t where a = 'x''y' and b = $1`, `select "it's" from t where a = ? and b = $1`],
    [`select E'a\\'b', e'c' , 'd\\'`, 'select ?, ? , ?'],
    ['select $tag$ secret $tag$, $$more$$', 'select ?, ?'],
    ['select 1, 2.5e3, t1.c2, x_3 from t1 limit 10', 'select ?, ?, t1.c2, x_3 from t1 limit ?'],
    [`select 1 -- hush\n, /* hush\n */ 2`, 'select ? , ?'],
    [`select 'never ends`, 'select ?'],
    [`select X'ff00', '2020-01-01'::date`, 'select X?, ?::date'],
  ])('with names in double quotes: %s', (sql, expected) => {
    expect(withoutConstants(sql, '"')).toBe(expected);
  });

  test.each([
    [`select \`it's\` from t where a = "x\\"y" and b = ?`, "select `it's` from t where a = ? and b = ?"],
    [`select 'a\\'b', 'c''d' # hush`, 'select ?, ?'],
    ['select 5--1', 'select ?--?'],
  ])('with names in backticks: %s', (sql, expected) => {
    expect(withoutConstants(sql, '`')).toBe(expected);
  });
});

describe('what a statement does', () => {
  test.each([
    ['select "id" from "shop"."book" where "id" in (select 1 from x)', 'SELECT', 'shop.book'],
    ['select extract(year from now()) from loan', 'SELECT', 'loan'],
    ['insert into "book" ("id") values ($1) on conflict ("id") do update set "id" = $2', 'INSERT', 'book'],
    ['update "book" set "n" = 1', 'UPDATE', 'book'],
    ['delete from only book', 'DELETE', 'book'],
    ['with due as (select id from loan) update book set n = 1 from due', 'UPDATE', 'book'],
    ['create table if not exists book (id int)', 'CREATE', 'book'],
    ['savepoint a', 'SAVEPOINT', undefined],
    ['select 1', 'SELECT', undefined],
    ["select 'from hush'", 'SELECT', undefined],
  ])('%s', (sql, operation, collection) => {
    expect(summarize(sql, '"')).toEqual(collection === undefined ? { operation } : { operation, collection });
  });
});
