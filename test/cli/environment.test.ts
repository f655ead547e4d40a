import { expect, test } from 'vitest';
import { startServer } from '../../src/testing/server/start-server.ts';
import { makeProject, runCli } from './run-cli.ts';

const nowhere = 'postgresql://me:secret@127.0.0.1:1/none?sslmode=disable';

test('health and config look at the environment that is named', async () => {
  const directory = await newProject({
    '.env.staging': `DATABASE_URL=${nowhere}\n`,
    '.env.testing': 'DATABASE_ECHO=true\n',
  });
  await runCli(directory, ['up']);

  const here = await runCli(directory, ['health']);
  const staging = await runCli(directory, ['health', '--env', 'staging']);
  const testing = await runCli(directory, ['config', '--json'], { ENVIRONMENT: 'testing' });

  expect(here).toMatchObject({ exitCode: 0, stdout: 'app: OK\n' });
  expect(staging).toMatchObject({ exitCode: 5, stdout: 'app: FAILED\n' });
  expect(JSON.parse(testing.stdout)).toMatchObject({
    services: {
      app: expect.arrayContaining([
        { setting: 'echo', value: 'true', from: 'DATABASE_ECHO (.env.testing)' },
      ]) as unknown,
    },
  });
});

test('health asks the cache of REDIS_URL too, and a cache that is away breaks nothing', async () => {
  const directory = await newProject({});
  await runCli(directory, ['up']);
  await using cache = await startServer({ engine: 'redis' });

  const there = await runCli(directory, ['health'], { REDIS_URL: cache.url() });
  await cache.stop();
  const away = await runCli(directory, ['health'], { REDIS_URL: cache.url() });

  expect(there).toMatchObject({ exitCode: 0, stdout: 'app: OK\nredis: OK\n' });
  expect(away).toMatchObject({ exitCode: 0, stdout: 'app: OK\nredis: FAILED\n' });
});

test('a database that never comes up ends a command after its attempts', async () => {
  const directory = await newProject({});
  const patience = { DATABASE_URL: nowhere, DB_MAX_RETRIES: '3', DB_RETRY_DELAY: '0.05' };

  for (const words of [['up'], ['serve', '--port', '0']]) {
    const { exitCode, stderr } = await runCli(directory, words, patience);

    expect(exitCode).toBe(5);
    expect(stderr).toContain('after 3 attempts');
    expect(stderr).not.toContain('secret');
  }
});

async function newProject(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = makeProject(files);
  await runCli(directory, ['init']);
  return directory;
}
