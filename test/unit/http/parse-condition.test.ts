import { describe, expect, test } from 'vitest';
import { parseCondition } from '../../../src/http/filter/parse-condition.ts';
import { parseTree, type FindField } from '../../../src/http/filter/parse-tree.ts';
import { splitList, unquote } from '../../../src/http/filter/split-list.ts';
import type { WireField } from '../../../src/http/wire/wire-field.ts';
import { authorResource, bookResource } from '../../integration/http/library.ts';

const fields = new Map([...authorResource.fields, ...bookResource.fields].map((field) => [field.key, field]));
const findField: FindField = (key) => (key === 'passwordHash' ? undefined : fields.get(key));

function field(key: string): WireField {
  const found = fields.get(key);
  if (found === undefined) throw new Error(`no field ${key}`);
  return found;
}

function condition(key: string, text: string): unknown {
  return parseCondition(field(key), text, key);
}

describe('a condition in the query', () => {
  test('is an operator, a point and a value of the column’s type', () => {
    expect(condition('copies', 'gte.18')).toEqual({ copies: { gte: 18n } });
    expect(condition('active', 'neq.true')).toEqual({ active: { ne: true } });
    expect(condition('price', 'lt.12.5')).toEqual({ price: { lt: '12.50' } });
    expect(condition('publishedAt', 'gt.2026-11-21T00:00:00Z')).toEqual({
      publishedAt: { gt: new Date('2026-11-21') },
    });
    expect(condition('name', 'eq.a.b,(c)')).toEqual({ name: { eq: 'a.b,(c)' } });
  });

  test('takes a list, null, and not in front', () => {
    expect(condition('copies', 'in.(1,"2")')).toEqual({ copies: { in: [1n, 2n] } });
    expect(condition('copies', 'in.()')).toEqual({ copies: { in: [] } });
    expect(condition('born', 'is.null')).toEqual({ born: { isNull: true } });
    expect(condition('born', 'not.is.null')).toEqual({ not: { born: { isNull: true } } });
    expect(condition('active', 'is.false')).toEqual({ active: { eq: false } });
  });

  test('knows one wildcard, the star: what means something to LIKE means itself', () => {
    expect(condition('name', 'ilike.*jo*')).toEqual({ name: { ilike: '%jo%' } });
    expect(condition('name', String.raw`like.5%_\*`)).toEqual({ name: { like: String.raw`5\%\_*` } });
  });

  test.each([
    ['copies', 'between.1', 'OPERATOR_UNKNOWN'],
    ['copies', '18', 'OPERATOR_UNKNOWN'],
    ['copies', 'constructor.1', 'OPERATOR_UNKNOWN'],
    ['copies', 'eq.many', 'FILTER_INVALID'],
    ['copies', 'eq.9223372036854775808', 'FILTER_INVALID'],
    ['copies', 'in.1,2', 'FILTER_INVALID'],
    ['copies', 'like.*1*', 'FILTER_INVALID'],
    ['born', 'is.true', 'FILTER_INVALID'],
    ['name', 'is.null', 'FILTER_INVALID'],
    ['profile', 'eq.{}', 'FILTER_INVALID'],
    ['id', 'eq.', 'FILTER_INVALID'],
  ])('refuses %s=%s with %s, naming the parameter', (key, text, code) => {
    expect(() => condition(key, text)).toThrow(
      expect.objectContaining({ code, details: { faults: [expect.objectContaining({ parameter: key })] } }),
    );
  });
});

describe('a tree in the query', () => {
  test('nests and, or and not', () => {
    expect(parseTree('or', '(name.eq.a,and(copies.gt.2,copies.not.in.(3,4)),not.or(born.is.null))', findField)).toEqual(
      {
        or: [
          { name: { eq: 'a' } },
          { and: [{ copies: { gt: 2n } }, { not: { copies: { in: [3n, 4n] } } }] },
          { not: { or: [{ born: { isNull: true } }] } },
        ],
      },
    );
    expect(parseTree('not.and', '(copies.eq.1)', findField)).toEqual({ not: { and: [{ copies: { eq: 1n } }] } });
  });

  test('takes commas, parentheses and quotes of a value in quotes', () => {
    expect(parseTree('or', String.raw`(name.eq."a,(\"b\\",name.eq.c)`, findField)).toEqual({
      or: [{ name: { eq: String.raw`a,("b\ `.trim() } }, { name: { eq: 'c' } }],
    });
  });

  test.each([
    ['', 'FILTER_INVALID'],
    ['()', 'FILTER_INVALID'],
    ['(copies.eq.1', 'FILTER_INVALID'],
    ['(copies.eq.1))', 'FILTER_INVALID'],
    ['(copies)', 'FILTER_INVALID'],
    ['(copies.eq.1,)', 'FILTER_INVALID'],
    ['(name.eq."a)', 'FILTER_INVALID'],
    ['(nobody.eq.1)', 'FIELD_UNKNOWN'],
    ['(passwordHash.eq.1)', 'FIELD_UNKNOWN'],
    [`${'(and'.repeat(9)}(copies.eq.1)${')'.repeat(9)}`, 'FILTER_INVALID'],
  ])('refuses or=%s with %s', (text, code) => {
    expect(() => parseTree('or', text, findField)).toThrow(expect.objectContaining({ code }));
  });
});

describe('a fault in a tree', () => {
  test.each([
    ['(nobody.eq.1)', 'names the field nobody, which cannot be filtered by'],
    ['(passwordHash.eq.1)', 'names the field passwordHash, which cannot be filtered by'],
    [`(${'x'.repeat(65)}.eq.1)`, 'names a field that cannot be filtered by'],
    ['(not a name.eq.1)', 'names a field that cannot be filtered by'],
    ['(and(copies.near.1))', 'copies has no operator near; '],
    ['(copies.eq.many)', 'copies must be '],
    ['(name.is.null)', 'name is never null'],
    ['(not.and(copies.like.1))', 'copies is not text'],
  ])('of and=%s says which field it is about', (text, detail) => {
    const fault = { parameter: 'and', detail: expect.stringContaining(detail) as string };

    expect(() => parseTree('and', text, findField)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(detail) as string,
        details: { faults: [fault] },
      }),
    );
  });
});

describe('a list', () => {
  test('splits at its own commas only', () => {
    expect(splitList('(a,b(c,d),"x,y)",)')).toEqual(['a', 'b(c,d)', '"x,y)"', '']);
    expect(splitList('(a))(b)')).toBeUndefined();
    expect(splitList('a,b')).toBeUndefined();
  });

  test('unquotes a part', () => {
    expect(unquote(String.raw`"a\"b\\c"`)).toBe(String.raw`a"b\c`);
    expect(unquote('plain')).toBe('plain');
    expect(unquote('"')).toBe('"');
  });
});
