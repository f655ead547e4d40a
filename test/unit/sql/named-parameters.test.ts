import { expect, test } from 'vitest';
import { compileSql, type SqlSpelling } from '../../../src/sql/compile-sql.ts';
import { id, sql } from '../../../src/sql/sql.ts';

const numbered: SqlSpelling = { name: (name) => `"${name}"`, placeholder: (at) => `$${at}` };

test('a named parameter is a value wherever it stands', () => {
  const users = sql.named('select * from :users where active = :active or not :active limit :most', {
    users: id('app_user'),
    active: true,
    most: 5,
  });

  expect(compileSql(users, numbered)).toEqual({
    sql: 'select * from "app_user" where active = $1 or not $2 limit $3',
    values: [true, true, 5],
  });
});

test('what looks like one inside a string, a name, a comment or a cast is none', () => {
  const text = `select ':a it''s :b', ":c", \`:d\`, $$ :e $$, $x$ :f $$ $x$, now()::date, a[1:2] -- :g
    /* :h
    */ where note = :note`;

  expect(compileSql(sql.named(text, { note: null }), numbered)).toEqual({
    sql: text.replace(':note', '$1'),
    values: [null],
  });
});

test('a parameter without a value and a value without a parameter are refused', () => {
  expect(() => sql.named('select :a', {})).toThrow('the parameter :a has no value');
  expect(() => sql.named('select :toString', {})).toThrow('the parameter :toString has no value');
  expect(() => sql.named('select 1', { a: 1 })).toThrow('the SQL has no parameter :a');
});
