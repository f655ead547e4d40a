import { describe, expect, test } from 'vitest';
import { applyJsonPatch, readJsonPatch } from '../../../src/http/wire/json-patch.ts';

const patch = (document: unknown, ...operations: readonly object[]): unknown =>
  applyJsonPatch(document, readJsonPatch(operations));

describe('a JSON patch', () => {
  // The examples of RFC 6902, appendix A.
  test.each([
    [{ foo: 'bar' }, { op: 'add', path: '/baz', value: 'qux' }, { foo: 'bar', baz: 'qux' }],
    [{ foo: ['bar', 'baz'] }, { op: 'add', path: '/foo/1', value: 'qux' }, { foo: ['bar', 'qux', 'baz'] }],
    [{ baz: 'qux', foo: 'bar' }, { op: 'remove', path: '/baz' }, { foo: 'bar' }],
    [{ foo: ['bar', 'qux', 'baz'] }, { op: 'remove', path: '/foo/1' }, { foo: ['bar', 'baz'] }],
    [
      { baz: 'qux', foo: 'bar' },
      { op: 'replace', path: '/baz', value: 'boo' },
      { baz: 'boo', foo: 'bar' },
    ],
    [
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      { op: 'move', from: '/foo/waldo', path: '/qux/thud' },
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      { foo: ['all', 'grass', 'cows', 'eat'] },
      { op: 'move', from: '/foo/1', path: '/foo/3' },
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [{ foo: 'bar' }, { op: 'add', path: '/child', value: { a: {} } }, { foo: 'bar', child: { a: {} } }],
    [{ foo: ['bar'] }, { op: 'add', path: '/foo/-', value: ['abc', 'def'] }, { foo: ['bar', ['abc', 'def']] }],
    [
      { '/': 9, '~1': 10 },
      { op: 'test', path: '/~01', value: 10 },
      { '/': 9, '~1': 10 },
    ],
    [{ a: { b: 1 } }, { op: 'copy', from: '/a', path: '/c' }, { a: { b: 1 }, c: { b: 1 } }],
    [{ a: 1 }, { op: 'replace', path: '', value: { b: 2 } }, { b: 2 }],
    [{ a: null }, { op: 'test', path: '/a', value: null }, { a: null }],
  ])('%j with %j is %j', (document, operation, expected) => {
    const before = structuredClone(document);

    expect(patch(document, operation)).toEqual(expected);
    expect(document).toEqual(before);
  });

  test.each([
    [{ baz: 'qux' }, { op: 'test', path: '/baz', value: 'bar' }, 'PRECONDITION_FAILED'],
    [{ a: 10 }, { op: 'test', path: '/a', value: '10' }, 'PRECONDITION_FAILED'],
    [{ foo: 'bar' }, { op: 'add', path: '/baz/bat', value: 'qux' }, 'VALUE_INVALID'],
    [{ a: [] }, { op: 'add', path: '/a/1', value: 1 }, 'VALUE_INVALID'],
    [{ a: [1, 2] }, { op: 'remove', path: '/a/01' }, 'VALUE_INVALID'],
    [{ a: 1 }, { op: 'remove', path: '/toString' }, 'VALUE_INVALID'],
    [{ a: 1 }, { op: 'replace', path: '/b', value: 1 }, 'VALUE_INVALID'],
    [{ a: { b: 1 } }, { op: 'move', from: '/a', path: '/a/b' }, 'REQUEST_INVALID'],
    [{ a: 1 }, { op: 'add', path: '/b' }, 'REQUEST_INVALID'],
    [{ a: 1 }, { op: 'add', path: 'b', value: 1 }, 'REQUEST_INVALID'],
    [{ a: 1 }, { op: 'add', path: '/~2', value: 1 }, 'REQUEST_INVALID'],
    [{ a: 1 }, { op: 'increase', path: '/a', value: 1 }, 'REQUEST_INVALID'],
  ])('%j refuses %j with %s', (document, operation, code) => {
    expect(() => patch(document, operation)).toThrow(expect.objectContaining({ code }));
  });

  test('works on what the operation before left', () => {
    const result = patch(
      { a: [1] },
      { op: 'add', path: '/a/-', value: 2 },
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'remove', path: '/a/0' },
    );

    expect(result).toEqual({ a: [2], b: [1, 2] });
  });

  test('takes __proto__ for a member like any other', () => {
    const result = patch({}, { op: 'add', path: '/__proto__', value: { admin: true } }) as { admin?: boolean };

    expect(result.admin).toBeUndefined();
    expect(Object.keys(result)).toEqual(['__proto__']);
  });
});
