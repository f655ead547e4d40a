import { describe, expect, test } from 'vitest';
import { composeUrl } from '../../../src/config/compose-url.ts';
import { partsOfVariables, readEngine } from '../../../src/config/variable-parts.ts';
import { urlOfParts } from '../../../src/config/connection-parts.ts';
import { parseDatabaseUrl, type DatabaseUrl } from '../../../src/config/database-url.ts';
import { Secret } from '../../../src/config/secret.ts';
import type { Environment } from '../../../src/config/environment.ts';
import { engines } from './engines.ts';

/** Every printable character of ASCII, and some that are not. */
const printable = [...Array.from({ length: 95 }, (_, offset) => String.fromCodePoint(32 + offset)), 'ä', '€', '🔑'];

describe('a server', () => {
  test.each<[string, Partial<Said>]>([
    ['postgres://u:p@h/d', { user: 'u', password: 'p', host: 'h', database: 'd' }],
    ['POSTGRESQL+asyncpg://user:password@host:5432/database', { driver: 'asyncpg', host: 'host', port: 5432 }],
    ['postgres://user:p@ss/w:rd#?%@h:1/d?sslmode=disable', { user: 'user', password: 'p@ss/w:rd#?%', port: 1 }],
    ['postgres://user:p?sslmode=x@h/d', { password: 'p?sslmode=x', host: 'h', database: 'd' }],
    ['postgres://us%40er:p%2Fw@h/d', { user: 'us@er', password: 'p/w' }],
    ['postgres://user@tenant:pw@h/d', { user: 'user@tenant', password: 'pw' }],
    ['postgres://u:@h/d', { user: 'u', password: '' }],
    ['postgres://u@h/d', { user: 'u', password: undefined }],
    ['postgres://h/d', { user: undefined, host: 'h' }],
    ['postgres://u:p@[::1]:6543/d', { host: '::1', port: 6543 }],
    ['postgres://[2001:db8::7]/d', { host: '2001:db8::7', port: undefined }],
    ['postgres://u:p@%2Fvar%2Frun%2Fpostgresql/d', { host: '/var/run/postgresql' }],
    ['postgres:///d?host=/var/run/postgresql', { host: '/var/run/postgresql', database: 'd' }],
    ['postgres://u:p@/d?host=h2&port=7', { host: 'h2', port: 7 }],
    ['mysql+pymysql://u:p@h/my%20shop', { driver: 'pymysql', database: 'my shop' }],
    ['postgres://u:p@h', { host: 'h', database: undefined }],
    ['postgres://u:p@h/d?search_path=a%26b', { parameters: { search_path: 'a&b' } }],
    [
      'postgres://u:p@h/d?ssl-mode=REQUIRED&ssl_ca=/ca.pem',
      { parameters: { sslmode: 'require', sslrootcert: '/ca.pem' } },
    ],
  ])('%s', (text, expected) => {
    expect(said(text)).toMatchObject(expected);
  });
});

describe('a file', () => {
  test.each<[string, string | undefined, string?]>([
    ['sqlite:///rel.db', 'rel.db'],
    ['sqlite:////var/lib/abs.db', '/var/lib/abs.db'],
    ['sqlite:///:memory:', ':memory:'],
    ['sqlite://:memory:', ':memory:'],
    ['sqlite://storage.db', 'storage.db'],
    ['sqlite:///dir/sub/x.sqlite3', 'dir/sub/x.sqlite3'],
    ['sqlite+aiosqlite:///path/to/db.sqlite3', 'path/to/db.sqlite3', 'aiosqlite'],
    ['sqlite+aiosqlite:///:memory:', ':memory:', 'aiosqlite'],
    ['sqlite+node:sqlite:////abs.db', '/abs.db', 'node:sqlite'],
    ['sqlite+better-sqlite3:///x.db', 'x.db', 'better-sqlite3'],
    ['sqlite:///C:/data/app.db', 'C:/data/app.db'],
    ['sqlite:///a%20b.db', 'a b.db'],
    ['sqlite:///100%.db', '100%.db'],
    ['sqlite://', undefined],
    ['file:app.db', 'app.db'],
    ['file:./app.db', './app.db'],
    ['file:/abs/app.db', '/abs/app.db'],
    ['file:///abs/app.db', '/abs/app.db'],
    ['file://localhost/abs/app.db', '/abs/app.db'],
    ['file::memory:', ':memory:'],
  ])('%s', (text, database, driver) => {
    expect(said(text)).toStrictEqual({ engine: 'sqlite', database, driver, parameters: {}, ...noServer });
  });

  test('a query', () => {
    expect(said('file:app.db?mode=ro&busy_timeout=10').parameters).toEqual({ mode: 'ro', busy_timeout: '10' });
  });

  test('a file on another host is refused', () => {
    expect(() => said('file://server/app.db')).toThrow('names a file on another host');
  });
});

describe('a password', () => {
  test.each(printable.map((character) => [character]))('with %j, raw and encoded', (character) => {
    const shapes = [character, `a${character}`, `${character}b`, `a${character}b`, `${character}${character}`];
    for (const password of shapes) {
      expect(said(`postgres://app:${password}@db:5432/shop?sslmode=allow`)).toEqual(shop(password));
      expect(said(`postgres://app:${encodeURIComponent(password)}@db:5432/shop?sslmode=allow`)).toEqual(shop(password));
    }
  });

  test('of all of them at once', () => {
    const password = printable.join('');
    expect(said(`postgres://app:${password}@db:5432/shop?sslmode=allow`)).toEqual(shop(password));
  });

  test('of any two of them survives composing', () => {
    for (const left of printable) {
      for (const right of printable) {
        const url = parseDatabaseUrl('postgres://app@db:5432/shop?sslmode=allow', engines);
        expect(said(composeUrl({ ...url, password: new Secret(`${left}${right}41`) }))).toEqual(
          shop(`${left}${right}41`),
        );
      }
    }
  });

  test('every name survives composing as every part', () => {
    for (const character of printable) {
      const name = `a${character}b`;
      const url = {
        ...parseDatabaseUrl('postgres://db', engines),
        user: name,
        database: name,
        parameters: { search_path: name },
      };
      expect(said(composeUrl(url))).toMatchObject({ user: name, database: name, parameters: { search_path: name } });
      const file = { ...parseDatabaseUrl('sqlite:///x', engines), database: name, parameters: { mode: name } };
      expect(said(composeUrl(file))).toMatchObject({ database: name, parameters: { mode: name } });
    }
  });
});

describe('a URL composed from parts', () => {
  test.each<[string, Environment, string]>([
    [
      'the worked example',
      {
        DB_DIALECT: 'postgresql',
        DB_DRIVER: 'asyncpg',
        DB_HOST: 'localhost',
        DB_PORT: '5432',
        DB_NAME: 'myapp',
        DB_USER: 'postgres',
        DB_PASSWORD: 'secret',
        DB_PARAMS: 'sslmode=disable',
      },
      'postgresql+asyncpg://postgres:secret@localhost:5432/myapp?sslmode=disable',
    ],
    ['a file', { DB_TYPE: 'sqlite', DB_NAME: 'app_db' }, 'sqlite:///app_db.db'],
    ['an absolute file', { DB_TYPE: 'sqlite', DB_NAME: '/var/app.db' }, 'sqlite:////var/app.db'],
    [
      'a server',
      { DB_TYPE: 'postgresql', DB_HOST: 'h', DB_PORT: '5432', DB_NAME: 'n', DB_USER: 'u', DB_PASS: 'p' },
      'postgresql://u:p@h:5432/n',
    ],
    [
      'a server by a driver',
      {
        DB_TYPE: 'mysql',
        DB_DRIVER: 'pymysql',
        DB_HOST: 'h',
        DB_PORT: '3306',
        DB_NAME: 'n',
        DB_USER: 'u',
        DB_PASS: 'p',
      },
      'mysql+pymysql://u:p@h:3306/n',
    ],
    ['an address', { DB_HOST: '::1', DB_NAME: 'n' }, 'postgresql://[::1]/n'],
    [
      'a socket',
      { DB_HOST: '/run/pg', DB_PORT: '6543', DB_NAME: 'n', DB_USER: 'u' },
      'postgresql://u@:6543/n?host=/run/pg',
    ],
  ])('%s', (_name, environment, expected) => {
    const inputs = { environment, readFile: () => undefined, files: {} };
    const engine = readEngine(inputs, engines) ?? { value: engines[0]!, source: { kind: 'default' } };
    const url = urlOfParts(partsOfVariables(inputs, engine));
    expect(composeUrl(url)).toBe(expected);
    expect(said(expected)).toMatchObject({
      database: url.database,
      ...(url.host && { host: url.host, port: url.port }),
    });
  });
});

type Said = Omit<DatabaseUrl, 'engine' | 'password'> & {
  readonly engine: string;
  readonly password: string | undefined;
};

const noServer = { host: undefined, port: undefined, user: undefined, password: undefined };

function said(text: string): Said {
  const { engine, password, ...rest } = parseDatabaseUrl(text, engines);
  return {
    ...noServer,
    driver: undefined,
    database: undefined,
    ...rest,
    engine: engine.name,
    password: password?.open(),
  };
}

function shop(password: string): Said {
  return {
    engine: 'postgresql',
    driver: undefined,
    host: 'db',
    port: 5432,
    database: 'shop',
    user: 'app',
    password,
    parameters: { sslmode: 'allow' },
  };
}
