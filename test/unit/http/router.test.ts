import { expect, test } from 'vitest';
import { createRouter } from '../../../src/http/router/router.ts';
import type { Method, Route } from '../../../src/http/router/route.ts';

function route(method: Method, path: string): Route {
  return { method, path, handle: () => Promise.reject(new Error('not called')) };
}

const router = createRouter([
  route('GET', '/users'),
  route('POST', '/users'),
  route('GET', '/users/me'),
  route('GET', '/users/{id}'),
  route('GET', '/pairs/{a}/{b}'),
]);

test('a path finds its route, and a fixed segment wins over a parameter', () => {
  expect(router.match('GET', '/users').route.path).toBe('/users');
  expect(router.match('HEAD', '/users/me').route.path).toBe('/users/me');
  expect(router.match('GET', '/users/you')).toMatchObject({ parameters: { id: 'you' } });
});

test('parameters are decoded after the path is cut', () => {
  expect(router.match('GET', '/pairs/x%2Fy/%C3%A4').parameters).toEqual({ a: 'x/y', b: 'ä' });
});

test.each(['/', '/nothing', '/users/', '/users/1/2', '/pairs/1', '/users/%E0'])('%s is nowhere', (path) => {
  expect(() => router.match('GET', path)).toThrow(expect.objectContaining({ code: 'ROUTE_NOT_FOUND' }));
});

test('another method is told which ones there are', () => {
  expect(() => router.match('DELETE', '/users')).toThrow(
    expect.objectContaining({ code: 'METHOD_NOT_ALLOWED', details: { allow: 'GET, HEAD, POST, OPTIONS' } }),
  );
});

test('a method that was left out is told why, and is none that the address takes', () => {
  const reasoned = createRouter(
    [route('GET', '/users'), route('GET', '/users/{id}')],
    [
      { method: 'DELETE', path: '/users', reason: 'each row must be named' },
      { method: 'GET', path: '/rooms', reason: 'there are none' },
    ],
  );

  expect(() => reasoned.match('DELETE', '/users')).toThrow(
    'this address takes GET, HEAD, OPTIONS: each row must be named',
  );
  expect(() => reasoned.match('PATCH', '/users')).toThrow(/takes GET, HEAD, OPTIONS$/);
  expect(reasoned.allowed('/users')).toEqual(['GET', 'HEAD']);
  expect(reasoned.allowed('/rooms')).toBeUndefined();
});

test('two routes cannot share a method and a path, whatever their parameters are called', () => {
  expect(() => createRouter([route('GET', '/a/{x}'), route('GET', '/a/{y}')])).toThrow(
    expect.objectContaining({ code: 'CONFIG_CONFLICT' }),
  );
});
