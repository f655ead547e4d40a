import { expect, test } from 'vitest';
import { readTarget } from '../../../src/http/adapters/request-target.ts';

const host = 'library.test:8080';

/** What a URL makes of it: the judge. */
function byUrl(target: string): unknown {
  const url = URL.parse(`http://${host}${target}`);
  if (url === null) return undefined;
  url.hash = '';
  return { url: url.href, path: url.pathname, search: url.search };
}

test.each([
  '/',
  '/users/7?limit=20&order=-name',
  '/users?',
  '/users/a.b/..c/.d',
  '/users/../secret',
  '/users/./7',
  '/users/%2e%2e/secret',
  '/a%2Fb?q=%C3%A4',
  '//users//7',
  '/users?q=a b"<>#part',
  '/users#part',
  '/ä?ö=ü',
  String.raw`/users\..\secret`,
])('%s is read as a URL is read, whether its host is known or not', (target) => {
  readTarget('/', host);

  expect(readTarget(target, host)).toEqual(byUrl(target));
  expect(readTarget(target, 'never-seen.test')?.path).toBe(readTarget(target, host)?.path);
});

test('any target is read as a URL is read', () => {
  const letters = [
    '/',
    '/',
    '.',
    '..',
    '?',
    '=',
    '&',
    '%',
    '%2e',
    '%20',
    '#',
    'a',
    '7',
    '~',
    "'",
    '"',
    '\\',
    ':',
    '@',
    'ä',
  ];
  let seed = 7;
  const next = (): string => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return letters[seed % letters.length] ?? '';
  };
  for (let turn = 0; turn < 5_000; turn++) {
    const target = `/${Array.from({ length: turn % 12 }, next).join('')}`;

    expect(readTarget(target, host), target).toEqual(byUrl(target));
  }
});

test('an address of another form is read too, and what is no address or host is none', () => {
  expect(readTarget('http://other.test/users?a=1', host)).toEqual({
    url: 'http://other.test/users?a=1',
    path: '/users',
    search: '?a=1',
  });
  expect(readTarget('*', host)).toBeUndefined();
  expect(readTarget('/users', 'no host')).toBeUndefined();
});
