import { describe, expect, test } from 'vitest';
import { filterText } from '../../../src/client/client-filter.ts';
import { parseTree } from '../../../src/http/filter/parse-tree.ts';
import { authorResource } from '../../integration/http/library.ts';

const readBack = (filter: object): unknown =>
  parseTree('and', filterText(filter) ?? '', (key) => authorResource.fields.find((field) => field.key === key));

describe('a filter of the client', () => {
  test.each([
    [{ name: 'a,b)("\\' }, { and: [{ name: { eq: 'a,b)("\\' } }] }],
    [{ name: { gte: 'a', lt: 'b' } }, { and: [{ name: { gte: 'a' } }, { name: { lt: 'b' } }] }],
    [{ born: null }, { and: [{ born: { isNull: true } }] }],
    [{ born: { isNull: false } }, { and: [{ born: { isNull: false } }] }],
    [{ name: { in: ['', 'x,y'] } }, { and: [{ name: { in: ['', 'x,y'] } }] }],
    [{ name: { ne: 'a' } }, { and: [{ name: { ne: 'a' } }] }],
    [{ active: true }, { and: [{ active: { eq: true } }] }],
    [{ name: { ilike: String.raw`*50\*` } }, { and: [{ name: { ilike: '%50*' } }] }],
    [
      { or: [{ name: 'a' }, { born: null, active: false }] },
      {
        and: [
          { or: [{ and: [{ name: { eq: 'a' } }] }, { and: [{ born: { isNull: true } }, { active: { eq: false } }] }] },
        ],
      },
    ],
    [{ not: { name: 'a' } }, { and: [{ not: { and: [{ name: { eq: 'a' } }] } }] }],
  ])('%j is read by the server as it was meant', (filter, expected) => {
    expect(readBack(filter)).toEqual(expected);
  });

  test('is not sent when it says nothing clear', () => {
    expect(filterText({})).toBeUndefined();
    expect(() => filterText({ name: undefined })).toThrow('leave it out');
    expect(() => filterText({ name: { near: 'a' } })).toThrow('the filter of name: near is no operator');
    expect(() => filterText({ or: [{ author: { name: 'a' } }] })).toThrow('the filter of author: name is no operator');
    expect(() => filterText({ name: { gt: undefined } })).toThrow(
      'the filter of name: gt is no operator, or has no value',
    );
  });
});
