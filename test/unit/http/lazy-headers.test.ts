import { expect, test } from 'vitest';
import { headerEntries, LazyHeaders } from '../../../src/http/adapters/lazy-headers.ts';

const given = {
  host: 'library.test',
  'x-tenant': 'ada',
  'x-padded': ' \tada ',
  'x-empty': '',
  'set-cookie': ['a=1', 'b=2'],
  'x-gone': undefined,
  ':path': '/users',
};

function lazy(): Headers {
  return new LazyHeaders(given) as unknown as Headers;
}

/** What the web makes of them: the judge. */
function whole(): Headers {
  return new Headers(headerEntries(given));
}

test.each(['host', 'X-Tenant', 'x-padded', 'x-empty', 'set-cookie', 'x-gone', 'x-none', 'constructor', '__proto__'])(
  '%s is what it is on the web',
  (name) => {
    expect([lazy().get(name), lazy().has(name)]).toEqual([whole().get(name), whole().has(name)]);
  },
);

test.each(['', 'x tenant', ':path', 'ä'])('the name %j is refused as the web refuses it', (name) => {
  expect(() => lazy().get(name)).toThrow(TypeError);
  expect(() => lazy().has(name)).toThrow(TypeError);
});

test('they are headers, and all of them can be asked for', () => {
  expect(lazy()).toBeInstanceOf(Headers);
  expect([...lazy()]).toEqual([...whole()]);
  expect([...lazy().keys()]).toEqual([...whole().keys()]);
  expect(lazy().getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([...new Headers(lazy())]).toEqual([...whole()]);
  expect(new Response('', { headers: lazy() }).headers.get('x-tenant')).toBe('ada');
});

test('what is changed in them stays changed', () => {
  const headers = lazy();

  headers.set('x-tenant', 'grace');
  headers.delete('host');
  headers.append('x-new', '1');

  expect([headers.get('x-tenant'), headers.has('host'), headers.get('x-new')]).toEqual(['grace', false, '1']);
});
