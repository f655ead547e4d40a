import { expect, test } from 'vitest';
import { makeShop } from './shop-project.ts';
import { runCli } from './run-cli.ts';

const secret = 'hunter2';
const files = {
  '.env': `DB_HOST=db.common\nDB_NAME=shop\nDB_USER=me\nDB_PASSWORD=${secret}\nAPP_DB_USER=app\n`,
  '.env.staging': 'DB_HOST=db.staging\n',
};

test('config says which variable won and over which, and masks the password', async () => {
  const directory = makeShop(files);
  const variables = { APP_DB_NAME: 'shop_app', DB_PASSWORD: `${secret}-new` };

  const { stdout, stderr } = await runCli(directory, ['config', '--json', '--env', 'staging'], variables);
  const { services } = JSON.parse(stdout) as { readonly services: { readonly app: readonly unknown[] } };

  expect(services.app).toEqual(
    expect.arrayContaining([
      { setting: 'environment', value: 'staging', from: '--env' },
      { setting: 'write.host', value: 'db.staging', from: 'DB_HOST (.env.staging), over DB_HOST (.env)' },
      { setting: 'write.database', value: 'shop_app', from: 'APP_DB_NAME, over DB_NAME (.env)' },
      { setting: 'write.user', value: 'app', from: 'APP_DB_USER (.env), over DB_USER (.env)' },
      { setting: 'write.password', value: '***', from: 'DB_PASSWORD, over DB_PASSWORD (.env)' },
      { setting: 'write.port', value: '5432', from: 'default' },
    ]),
  );
  expect(stdout + stderr).not.toContain(secret);
});

test.each([
  [{}, 'development', 'default'],
  [{ ENVIRONMENT: 'testing' }, 'testing', 'ENVIRONMENT'],
])('config says who chose the environment: %o', async (variables, value, from) => {
  const { stdout } = await runCli(makeShop(files), ['config', '--json'], variables);

  expect(stdout).toContain(
    JSON.stringify({ setting: 'environment', value, from }, undefined, 2).replaceAll('\n', '\n      '),
  );
});

test('an error names the variable as it was written', async () => {
  const { exitCode, stderr } = await runCli(makeShop(files), ['config'], { APP_DB_PORT: 'many' });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('error: app: APP_DB_PORT is not a whole number from 1 to 65535 (CONFIG_INVALID)');
});
