import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { describeSettings } from '../../../src/config/describe-settings.ts';
import { assertNoLiteralCredentials } from '../../../src/config/literal-credentials.ts';
import { maskUrl } from '../../../src/config/mask-url.ts';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import { Secret } from '../../../src/config/secret.ts';
import { engines } from './engines.ts';

const secret = 'hunter2';

test('a secret prints as stars and opens as itself', () => {
  const value = new Secret(secret);
  const prints = [String(value), JSON.stringify({ value }), inspect(value, { showHidden: true, depth: 9 })];
  for (const print of [...prints, inspect({ nested: [value] })]) {
    expect(print).toContain('***');
    expect(print).not.toContain(secret);
  }
  expect(value.open()).toBe(secret);
});

test('settings print no password and still connect with it', () => {
  const settings = resolveSettings(
    {
      DATABASE_URL: `postgres://app:${secret}@db/shop`,
      REPLICA_DB_URL: 'postgres://replica',
      REDIS_URL: `redis://:${secret}@cache`,
    },
    engines,
  );
  for (const print of [
    inspect(settings, { depth: 9 }),
    JSON.stringify(settings),
    inspect(settings.write),
    JSON.stringify(settings.replicas),
    JSON.stringify(describeSettings(settings)),
  ]) {
    expect(print).toContain('***');
    expect(print).not.toContain(secret);
  }
  expect([settings.write.password, settings.replicas[0]?.password]).toEqual([secret, secret]);
  expect({ ...settings.write }.password).toBe(secret); // a copy for another database keeps its credentials
});

test('settings say where each of them came from', () => {
  const settings = resolveSettings(
    {
      DATABASE_URL: 'postgres://app@db/shop?sslmode=verify-full',
      DB_PASSWORD_FILE: '/run/secrets/db',
      DB_POOL_SIZE: '9',
    },
    engines,
    { readFile: (path) => (path === '/run/secrets/db' ? secret : undefined), files: { DB_POOL_SIZE: '.env' } },
  );
  expect(describeSettings(settings)).toEqual(
    expect.arrayContaining([
      { setting: 'engine', value: 'postgresql', from: 'DATABASE_URL' },
      { setting: 'driver', value: 'auto', from: 'default' },
      { setting: 'write.host', value: 'db', from: 'DATABASE_URL' },
      { setting: 'write.port', value: '5432', from: 'default' },
      { setting: 'write.password', value: '***', from: 'DB_PASSWORD_FILE' },
      { setting: 'write.tls', value: 'verify-full', from: 'DATABASE_URL' },
      { setting: 'pool.size', value: '9', from: 'DB_POOL_SIZE (.env)' },
      { setting: 'pool.prePing', value: 'false', from: 'default' },
    ]),
  );
});

describe('a masked URL', () => {
  test.each([
    ['postgres://u:p@h/d', 'postgres://u:***@h/d'],
    ['postgresql+asyncpg://u:p@ss/w:rd#?%@h:1/d?sslmode=disable', 'postgresql+asyncpg://u:***@h:1/d?sslmode=disable'],
    ['postgres://u@h/d', 'postgres://u@h/d'],
    ['postgres://u:p/w', 'postgres://u:***'],
    ['postgres://h:5432/d', 'postgres://h:5432/d'],
    ['postgres://[::1]:5432/d', 'postgres://[::1]:5432/d'],
    ['redis://:p@h', 'redis://:***@h'],
    ['jdbc:mysql://h/d?user=u&password=p&x=1', 'jdbc:mysql://h/d?user=u&password=***&x=1'],
    ['host=h password=p dbname=d', 'host=h password=*** dbname=d'],
    ['sqlite:////var/lib/app.db', 'sqlite:////var/lib/app.db'],
    ['sqlite://:memory:', 'sqlite://:memory:'],
  ])('of %s', (url, expected) => {
    expect(maskUrl(url)).toBe(expected);
  });
});

describe('a URL in a project file', () => {
  test.each(['mysql://root:password@localhost', 'postgres://a:b/w', 'postgres://h/d?password=x'])(
    '%s is refused',
    (url) => {
      expect(() => assertNoLiteralCredentials(url)).toThrow('a URL in the project file holds a password');
    },
  );

  test.each([
    'mysql://root@localhost',
    'postgres://a:@h/d',
    'sqlite:///app.db',
    'sqlite://:memory:',
    'postgres://h:5432/d',
  ])('%s is welcome', (url) => {
    expect(() => assertNoLiteralCredentials(url)).not.toThrow();
  });
});
