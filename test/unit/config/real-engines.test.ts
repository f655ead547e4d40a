import { expect, test } from 'vitest';
import type { Environment } from '../../../src/config/environment.ts';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import type { Settings } from '../../../src/config/settings.ts';
import { engines } from '../../../src/engines.ts';

const account = { DB_NAME: 'shop', DB_USER: 'app', DB_PASSWORD: 'pw' };

test.each([
  [undefined, 'postgresql', 5432],
  ['postgresql', 'postgresql', 5432],
  ['mysql', 'mysql', 3306],
])('with DB_TYPE %s the engine is %s and listens on %d', (type, engine, port) => {
  const settings = resolve({ ...account, DB_TYPE: type });

  expect(settings.engine.name).toBe(engine);
  expect(settings.write).toMatchObject({ host: 'localhost', port, tls: { mode: 'require' } });
});

test('with DB_TYPE sqlite the name is that of a file', () => {
  expect(resolve({ DB_TYPE: 'sqlite', DB_NAME: 'app' })).toMatchObject({
    engine: { name: 'sqlite' },
    write: { database: 'app.db', tls: { mode: 'disable' } },
  });
});

test.each([
  ['postgresql', 'asyncpg', 'pg'],
  ['postgresql', 'psycopg', 'pg'],
  ['postgresql', 'psycopg2', 'pg'],
  ['mysql', 'pymysql', 'mysql2'],
  ['sqlite', 'aiosqlite', 'node:sqlite'],
])('for %s the driver %s of another language is our %s, wished for or forced', (type, name, driver) => {
  expect(resolve({ ...account, DB_TYPE: type, DB_DRIVER: name }).driver).toBe(driver);
  expect(resolve({ ...account, DB_TYPE: type, DB_FORCE_DRIVER: name }).driver).toBe(driver);
});

function resolve(environment: Environment): Settings {
  return resolveSettings(environment, engines);
}
