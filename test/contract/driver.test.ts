import { engines } from '../../src/engines.ts';
import type { Driver } from '../../src/driver/driver.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { driverContract } from './driver.contract.ts';
import { driverSql } from './driver-sql.ts';
import { targetOf } from './target-of.ts';

describeEachServer('driver', (server) => {
  const sql = driverSql[server.variant];
  if (sql === undefined) throw new Error(`the contract has no sql for ${server.variant}`);
  driverContract({
    sql,
    inProcess: engines.some(({ name, inFile }) => name === server.engine && inFile),
    driver: async () => await loadDriver(server.driver),
    async target() {
      const database = await server.database();
      return {
        target: targetOf(database.url),
        [Symbol.asyncDispose]: async () => await database[Symbol.asyncDispose](),
      };
    },
  });
});

async function loadDriver(name: string): Promise<Driver> {
  const choice = engines.flatMap(({ drivers }) => drivers).find((candidate) => candidate.name === name);
  const driver = await choice?.load();
  if (driver === undefined) throw new Error(`${name} is not installed`);
  return driver;
}
