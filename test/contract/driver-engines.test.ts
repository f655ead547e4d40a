import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { engines } from '../../src/engines.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { getDriver } from './open-driver.ts';
import { targetOf } from './target-of.ts';

const run = promisify(execFile);

test('importing the table of engines loads no driver and no dialect', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    await import(${JSON.stringify(new URL('../../src/engines.ts', import.meta.url).href)});
    console.log(JSON.stringify(loaded));`;

  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);

  const loaded = JSON.parse(stdout) as readonly string[];
  expect(loaded.some((url) => url.endsWith('/src/engines.ts'))).toBe(true);
  expect(loaded.filter((url) => /\/(?:drivers|dialects|node_modules)\//.test(url))).toEqual([]);
});

test('no scheme and no driver name means two things', () => {
  const schemes = engines.flatMap((engine) => engine.schemes);
  expect(new Set(schemes).size).toBe(schemes.length);
  const names = engines.flatMap(({ drivers }) => drivers.flatMap(({ name, aliases }) => [name, ...aliases]));
  expect(new Set(names).size).toBe(names.length);
});

test('every engine has a dialect without a server', async () => {
  const names = await Promise.all(engines.map(async (engine) => (await engine.offlineDialect()).name));
  expect(names).toEqual(['postgresql', 'mysql', 'sqlite']);
  const mysql = engines.find(({ schemes }) => schemes.includes('mariadb'));
  expect((await mysql?.offlineDialect('mariadb'))?.name).toBe('mariadb');
  await expect(mysql?.offlineDialect('oracle')).rejects.toMatchObject({ code: 'ENGINE_UNKNOWN' });
});

describeEachServer('engine', (server) => {
  test('the dialect is that of the server behind the connection', async () => {
    await using database = await server.database();
    const engine = engines.find(({ schemes }) => schemes.includes(server.engine));
    const driver = await getDriver(server.driver);
    const connection = await driver.connect(targetOf(database.url));

    expect(engine?.drivers.map(({ name }) => name)).toContain(driver.name);
    expect((await engine?.dialect(connection))?.name).toBe(server.variant);

    await connection.close();
  });
});
