import { engines } from '../../src/engines.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { driverContract } from './driver.contract.ts';
import { driverSql } from './driver-sql.ts';
import { getDriver } from './open-driver.ts';
import { targetOf } from './target-of.ts';

describeEachServer('driver', (server) => {
  const sql = driverSql[server.variant];
  if (sql === undefined) throw new Error(`the contract has no sql for ${server.variant}`);
  driverContract({
    sql,
    inProcess: engines.some(({ name, inFile }) => name === server.engine && inFile),
    driver: async () => await getDriver(server.driver),
    async target() {
      const database = await server.database();
      return {
        target: targetOf(database.url),
        [Symbol.asyncDispose]: async () => await database[Symbol.asyncDispose](),
      };
    },
  });
});
