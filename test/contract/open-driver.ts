import type { Connection } from '../../src/driver/connection.ts';
import type { Driver } from '../../src/driver/driver.ts';
import { engines } from '../../src/engines.ts';
import type { TestServer } from '../../src/testing/describe-each-server.ts';
import { targetOf } from './target-of.ts';

/** The driver of this name, which must be installed. */
export async function getDriver(name: string): Promise<Driver> {
  const choice = engines.flatMap(({ drivers }) => drivers).find((candidate) => candidate.name === name);
  const driver = await choice?.load();
  if (driver === undefined) throw new Error(`${name} is not installed`);
  return driver;
}

/** Runs the work on a connection to a database that nobody else has. */
export async function onConnection(
  server: TestServer,
  work: (connection: Connection, url: string) => Promise<void>,
  parameters: Readonly<Record<string, string>> = {},
): Promise<void> {
  await using database = await server.database();
  const connection = await (await getDriver(server.driver)).connect({ ...targetOf(database.url), parameters });
  try {
    await work(connection, database.url);
  } finally {
    await connection.close();
  }
}
