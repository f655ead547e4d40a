import { expect, test } from 'vitest';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import type { Settings } from '../../../src/config/settings.ts';
import { account, url } from './cases/case.ts';
import { engines } from './engines.ts';

const files: Readonly<Record<string, string>> = { '/run/secrets/migrate': 'from file\n' };

function asMigration(environment: Readonly<Record<string, string>>): Settings {
  return resolveSettings(environment, engines, { readFile: (path) => files[path], account: 'migration' });
}

test('the account of migrations replaces that of a URL, on the same server, and goes to no replica', () => {
  const replica = { REPLICA_DB_URL: 'postgresql://reader/shop' };
  const environment = { ...replica, DATABASE_URL: url, MIGRATION_DB_USER: 'owner', MIGRATION_DB_PASS: 'op' };

  const { write, replicas } = asMigration(environment);

  expect(write).toMatchObject({ host: 'db', database: 'shop', user: 'owner', password: 'op' });
  expect(replicas).toEqual([]);
  expect(resolveSettings(environment, engines)).toMatchObject({
    write: { host: 'db', user: 'app', password: 'pw' },
    replicas: [{ host: 'reader', user: 'app' }],
  });
});

test('its password may be in a file, and no printed setting shows it', () => {
  const settings = asMigration({
    ...account,
    MIGRATION_DB_USER: 'owner',
    MIGRATION_DB_PASSWORD_FILE: '/run/secrets/migrate',
  });

  expect(settings.write.password).toBe('from file');
  expect(JSON.stringify(settings)).not.toContain('from file');
});

test('migrations connect as the service where they have no account, and to a file without any', () => {
  expect(asMigration(account).write).toMatchObject({ user: 'app', password: 'pw' });
  const file = asMigration({ DATABASE_URL: 'sqlite:///app.db', MIGRATION_DB_USER: 'owner' });
  expect(file.write).toMatchObject({ database: 'app.db' });
  expect(file.write.user).toBeUndefined();
});

test('a service never reads the variables, even where they are wrong', () => {
  const wrong = { ...account, MIGRATION_DB_PASSWORD_FILE: '/not/there', ENVIRONMENT: 'production' };

  expect(resolveSettings(wrong, engines, { readFile: () => undefined }).write.user).toBe('app');
});

test('half an account is refused', () => {
  expect(() => asMigration({ ...account, MIGRATION_DB_USER: 'owner' })).toThrow(
    expect.objectContaining({ code: 'CONFIG_MISSING', message: 'the password of migrations is missing' }),
  );
  expect(() => asMigration({ ...account, MIGRATION_DB_PASS: 'op' })).toThrow(
    expect.objectContaining({ code: 'CONFIG_MISSING', message: 'the user of migrations is missing' }),
  );
});

test('one account for both is refused in production, and there alone', () => {
  const one = { ...account, MIGRATION_DB_USER: 'app', MIGRATION_DB_PASS: 'pw' };

  expect(asMigration({ ...one, ENVIRONMENT: 'staging' }).write.user).toBe('app');
  expect(() => asMigration({ ...one, ENVIRONMENT: 'production' })).toThrow(
    expect.objectContaining({
      code: 'CONFIG_CONFLICT',
      message: 'migrations and the service have one account in production',
      hint: expect.stringContaining('MIGRATION_DB_USER and DB_USER name the same user'),
    }),
  );
});
