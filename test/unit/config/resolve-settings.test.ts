import { describe, expect, test } from 'vitest';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import type { Settings } from '../../../src/config/settings.ts';
import { addresses } from './cases/addresses.ts';
import { url } from './cases/case.ts';
import { lines } from './cases/lines.ts';
import { others } from './cases/others.ts';
import { refusals } from './cases/refusals.ts';
import { engines, silentEngine } from './engines.ts';

describe.each([
  ['addresses', addresses],
  ['lines', lines],
  ['other settings', others],
  ['refusals', refusals],
])('%s', (_group, cases) => {
  test.each(cases)('$name', ({ environment, files = {}, gives }) => {
    const resolve = (): Settings => resolveSettings(environment, engines, { readFile: (path) => files[path] });
    if ('error' in gives) {
      const found = caught(resolve);
      expect(found).toMatchObject({ code: gives.error, message: gives.message });
      if (gives.hint) expect(found).toMatchObject({ hint: expect.stringMatching(gives.hint) });
      return;
    }
    expect(resolve()).toMatchObject('write' in gives ? { write: gives.write } : gives.settings);
  });
});

test('a target holds nothing but what was said and the defaults', () => {
  expect(resolveSettings({ DATABASE_URL: url }, engines).write).toStrictEqual({
    host: 'db',
    port: 5432,
    database: 'shop',
    user: 'app',
    password: 'pw',
    tls: { mode: 'require' },
    connectTimeoutMs: 10_000,
  });
  expect(resolveSettings({ DB_TYPE: 'sqlite', DB_NAME: 'app', DB_HOST: 'db' }, engines).write).toStrictEqual({
    database: 'app.db',
    tls: { mode: 'disable' },
    connectTimeoutMs: 10_000,
  });
});

test('a driver is chosen later when nobody names one', () => {
  expect(resolveSettings({ DATABASE_URL: url }, engines).driver).toBeUndefined();
  expect(resolveSettings({ DATABASE_URL: url, DB_DRIVER: 'auto' }, engines).driver).toBeUndefined();
});

test('the cache gets the account of its container', () => {
  const environment = { DATABASE_URL: url, REDIS_URL: 'redis://cache:6379/0', CACHE_USER: 'auth', CACHE_PASS: 'p@ss' };
  expect(resolveSettings(environment, engines).redisUrl?.open()).toBe('redis://auth:p%40ss@cache:6379/0');
});

test('a driver that keeps its parameters to itself judges them itself', () => {
  const environment = { DATABASE_URL: 'duck://a:b@pond/x?quack=loud' };
  expect(resolveSettings(environment, [silentEngine]).write.parameters).toEqual({ quack: 'loud' });
});

test('no error says a secret', () => {
  for (const { environment, files = {}, gives } of refusals) {
    if (!('error' in gives)) continue;
    const error = caught(() => resolveSettings(environment, engines, { readFile: (path) => files[path] }));
    expect(JSON.stringify(error)).not.toMatch(/hunter2|pw@|"pw"|"other"/);
  }
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
