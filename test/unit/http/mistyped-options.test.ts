import { expect, test } from 'vitest';
import { createApi, resource } from '../../../src/http/index.ts';
import { integer, table, text } from '../../../src/index.ts';
import type { Session } from '../../../src/index.ts';

const users = table('user', { id: integer().primaryKey(), name: text(), password: text() });

// What is refused is refused before the database is looked at.
const database = {} as Session;

/** As from a file that nobody checked the types of. */
function untyped<Options>(options: object): Options {
  return options as Options;
}

test.each([
  [{ hiden: ['password'] }, 'hiden', 'hidden'],
  [{ readonly: ['name'] }, 'readonly', 'readOnly'],
  [{ limit: { maximum: 10 } }, 'maximum', 'max'],
  [{ order: { alowed: ['name'] } }, 'alowed', 'allowed'],
  [{ includeLimit: { deepth: 1 } }, 'deepth', 'depth'],
  [{ bulk: { maxx: 5 } }, 'maxx', 'max'],
])('a resource refuses %j', (mistyped, name, meant) => {
  expect(() => resource(users, untyped({ prefix: '/users', ...mistyped }))).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`has no option ${name}`) as string,
      hint: expect.stringContaining(meant) as string,
    }),
  );
});

test.each([
  [{ scop: () => database }, 'scop', 'scope'],
  [{ rateLimit: { key: () => 'a', limit: 1, windowMS: 5 } }, 'windowMS', 'windowMs'],
  [{ idempotency: { principle: () => 'a' } }, 'principle', 'principal'],
  [{ health: { paths: '/h' } }, 'paths', 'path'],
])('an API refuses %o', (mistyped, name, meant) => {
  expect(() => createApi(database, [], untyped(mistyped))).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`has no option ${name}`) as string,
      hint: expect.stringContaining(`did you mean ${meant}?`) as string,
    }),
  );
});
