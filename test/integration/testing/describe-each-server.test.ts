import { describe, expect, test } from 'vitest';
import {
  createDescribeEachServer,
  type ServerChoice,
  type TestServer,
} from '../../../src/testing/describe-each-server.ts';
import { sqliteFiles } from '../../../src/testing/database/sqlite-files.ts';
import { unsupported } from '../../../src/testing/unsupported.ts';
import { isWanted } from '../../servers/wanted.ts';

const present: ServerChoice = {
  name: 'sqlite-node',
  engine: 'sqlite',
  variant: 'sqlite',
  version: '3',
  driver: 'node:sqlite',
  start: async () => await sqliteFiles({ driver: 'node' }),
};
const absent: ServerChoice = { ...present, name: 'sqlite-absent', missing: 'sqlite-absent is not on this machine' };

describe('describing tests for each server', () => {
  test('starts the server before the tests and closes it after them', async () => {
    const run = collect([present], () => undefined);

    expect(() => run.server?.url()).toThrow('sqlite-node runs only while tests do');
    await run.before();
    await using database = await run.server!.database();
    expect(database.url).toMatch(/^sqlite\+node:\/\/\/.*\/rowhouse_[0-9a-f]+$/);
    await run.after();
  });

  test('skips a missing server by its reason', () => {
    expect(collect([absent], () => undefined).skipped).toEqual(['sqlite-absent is not on this machine']);
  });

  test('skips what is unsupported by its reason', () => {
    const run = collect([present], () => unsupported('it has no locks by name'));

    expect(run.skipped).toEqual(['it has no locks by name']);
  });
});

describe('narrowing the servers of a run', () => {
  test('takes an engine for all of its versions', () => {
    expect(isWanted('postgresql-15', 'postgresql,sqlite-node')).toBe(true);
    expect(isWanted('mysql-9.7', 'postgresql,sqlite-node')).toBe(false);
    expect(isWanted('mysql-9.7', '')).toBe(true);
  });
});

/** Hands a framework to `createDescribeEachServer` that writes down what it is told. */
function collect(
  servers: readonly ServerChoice[],
  answer: (server: TestServer) => ReturnType<typeof unsupported> | void,
) {
  const skipped: string[] = [];
  const hooks: { before?: () => Promise<void>; after?: () => Promise<void>; server?: TestServer } = {};
  const describeEach = createDescribeEachServer(
    {
      describe: (_name, body) => body(),
      test: { skip: (name) => skipped.push(name) },
      beforeAll: (run) => (hooks.before = run),
      afterAll: (run) => (hooks.after = run),
    },
    servers,
  );
  describeEach('orders', (server) => {
    hooks.server = server;
    return answer(server);
  });
  return {
    skipped,
    server: hooks.server,
    before: async () => await hooks.before?.(),
    after: async () => await hooks.after?.(),
  };
}
