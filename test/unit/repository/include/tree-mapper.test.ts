import { expect, test } from 'vitest';
import type { Session } from '../../../../src/database/session.ts';
import type { Dialect } from '../../../../src/dialect/dialect.ts';
import { createMariadbDialect } from '../../../../src/dialects/mariadb/dialect.ts';
import { createMysqlDialect } from '../../../../src/dialects/mysql/dialect.ts';
import { resolveInclude } from '../../../../src/repository/include/include-tree.ts';
import { rowMapper } from '../../../../src/repository/include/tree-mapper.ts';
import type { RowMapper } from '../../../../src/repository/row-mapper.ts';
import { planTable } from '../../../../src/repository/table-plan.ts';
import { integer, text } from '../../../../src/schema/column/types.ts';
import { relations } from '../../../../src/schema/relations/relations.ts';
import { table } from '../../../../src/schema/table/table.ts';

const authors = table('author', { id: integer().primaryKey() });
const books = table('book', { title: text().primaryKey(), authorId: integer().references(() => authors.id) });
const library = relations({ authors, books }, (r) => ({ authors: { books: r.many.books() } }));

function mapperOn(dialect: Dialect): RowMapper {
  const plan = planTable(library.authors, dialect);
  return rowMapper(resolveInclude({ include: { books: { order: ['title'] } } }, plan, {} as Session), plan);
}

test('rows of an array without an order are put into theirs', () => {
  const map = mapperOn(createMysqlDialect({ version: '9.7.0', settings: {} }));

  expect(map([1, '[[["b", 1, 2], ["c", 1, 3], ["a", 1, 1]], 3]'])).toEqual({
    id: 1,
    books: [
      { title: 'a', authorId: 1 },
      { title: 'b', authorId: 1 },
      { title: 'c', authorId: 1 },
    ],
  });
  expect(map([1, '[null, 0]'])).toEqual({ id: 1, books: [] });
});

test('an array that lacks rows, or its end, is an error', () => {
  const map = mapperOn(createMariadbDialect({ version: '10.11.19-MariaDB', settings: {} }));
  const cut = expect.objectContaining({ code: 'STATEMENT_FAILED' }) as Error;

  expect(map([1, '[[["a", 1], ["b", 1]], 2]'])).toMatchObject({ books: [{ title: 'a' }, { title: 'b' }] });
  expect(map([1, '[null, 0]'])).toEqual({ id: 1, books: [] });
  expect(() => map([1, '[[["a", 1]], 2]'])).toThrow(cut);
  expect(() => map([1, '[[["a", 1], ["b'])).toThrow(cut);
  expect(() => map([1, null])).toThrow(cut);
  expect(() => map([1, '[[null], 1]'])).toThrow(cut);
});
