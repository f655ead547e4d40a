import {
  temporaryDatabase,
  type TemporaryDatabase,
  type TemporaryDatabaseOptions,
} from './database/temporary-database.ts';
import type { DatabaseServer } from './server/private-server.ts';
import { isUnsupported, type Unsupported } from './unsupported.ts';

/** The functions of a test framework that are needed: those of vitest, jest and node:test fit. */
export interface TestFramework {
  describe(name: string, body: () => void): unknown;
  readonly test: { skip(name: string, body: () => void): unknown };
  beforeAll(run: () => Promise<void>): unknown;
  afterAll(run: () => Promise<void>): unknown;
}

/** A server before it runs: what is known of it while tests are collected. */
export interface ServerChoice {
  /** Unique, e.g. `postgresql-15`. */
  readonly name: string;
  readonly engine: string;
  /** The product, where several speak one protocol: `mariadb`. */
  readonly variant: string;
  readonly version: string;
  /** The client library its URLs are for. */
  readonly driver: string;
  /** Why it is not there; its tests are then skipped by this reason. */
  readonly missing?: string | undefined;
  /** Called before the first test of each group; starts it unless it runs. */
  start(): Promise<DatabaseServer & Partial<AsyncDisposable>>;
}

/** What a body of tests gets. */
export interface TestServer extends Omit<ServerChoice, 'start' | 'missing'> {
  /** In a test or hook, not while tests are collected. */
  url: DatabaseServer['url'];
  /** A database that nobody else has. In a test or hook, not while tests are collected. */
  database(options?: TemporaryDatabaseOptions): Promise<TemporaryDatabase>;
}

/** Runs one body of tests on every server. */
export type DescribeEachServer = (title: string, body: (server: TestServer) => void | Unsupported) => void;

/**
 * Binds `describeEachServer` to a test framework and a list of servers.
 *
 * @example
 * ```ts
 * export const describeEachServer = createDescribeEachServer({ describe, test, beforeAll, afterAll }, servers);
 *
 * describeEachServer('orders', (server) => {
 *   test('are kept', async () => {
 *     await using database = await server.database();
 *   });
 * });
 * ```
 */
export function createDescribeEachServer(
  framework: TestFramework,
  servers: readonly ServerChoice[],
): DescribeEachServer {
  return (title, body) => {
    for (const server of servers)
      framework.describe(`${title} (${server.name})`, () => describeOne(framework, server, body));
  };
}

function describeOne(
  framework: TestFramework,
  choice: ServerChoice,
  body: (server: TestServer) => void | Unsupported,
): void {
  if (choice.missing !== undefined) return skip(framework, choice.missing);
  let running: (DatabaseServer & Partial<AsyncDisposable>) | undefined;
  framework.beforeAll(async () => {
    running = await choice.start();
  });
  framework.afterAll(async () => await running?.[Symbol.asyncDispose]?.());
  const get = (): DatabaseServer => {
    if (running === undefined) throw new Error(`${choice.name} runs only while tests do: ask for it in a test or hook`);
    return running;
  };
  const { name, engine, variant, version, driver } = choice;
  const answer = body({
    name,
    engine,
    variant,
    version,
    driver,
    url: (...args) => get().url(...args),
    database: async (options) => await temporaryDatabase(get(), options),
  });
  if (isUnsupported(answer)) skip(framework, answer.unsupported);
}

/** The reason is the name of the skipped test, so that every report shows it. */
function skip(framework: TestFramework, reason: string): void {
  framework.test.skip(reason, () => undefined);
}
