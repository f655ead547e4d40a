import { createConnection, type Connection as Client } from 'mysql2';
import { expect, test } from 'vitest';
import type { Connection, WriteAndLook } from '../../src/driver/connection.ts';
import { connect } from '../../src/drivers/mysql2/connect.ts';
import type { MysqlLibrary } from '../../src/drivers/mysql2/library.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { onConnection } from './open-driver.ts';
import { targetOf } from './target-of.ts';

const update = { sql: 'update t set a = ? where id = ? and @@in_transaction', name: 'update' };
const read = { sql: 'select a from t where id = ?', name: 'read' };
const table = 'create table t (id int primary key, a int unique); insert into t values (1, 1), (2, 2)';

const stepsOf = (a: number, id: number): WriteAndLook => ({ write: [update, [a, id]], look: [read, [id]] });

describeServers(['mariadb'], 'a write and a look at its row', (server) => {
  test('make a transaction of one flight', async () => {
    await onConnection(server, async (connection, url) => {
      await connection.script(table);

      const answer = await connection.writeAndLook?.(stepsOf(7, 1));

      expect(answer).toMatchObject({ written: { changes: 1 }, found: { rows: [[7]] } });
      expect(await isBegun(connection)).toBe(false);
      await onOther(url, async (other) => expect((await other.run(read, [1])).rows).toEqual([[7]]));
    });
  });

  test('do nothing where no row is, and nothing outside of a transaction', async () => {
    await onConnection(server, async (connection) => {
      await connection.script(table);
      expect(await connection.writeAndLook?.(stepsOf(7, 3))).toMatchObject({ written: { changes: 0 } });
      expect((await connection.run(update, [7, 1])).changes).toBe(0);
      expect((await connection.run(read, [1])).rows).toEqual([[1]]);
    });
  });

  test('leave no transaction behind when the server refuses the write', async () => {
    await onConnection(server, async (connection) => {
      await connection.script(table);
      await expect(connection.writeAndLook?.(stepsOf(2, 1))).rejects.toMatchObject({ errno: 1062 });
      expect(await isBegun(connection)).toBe(false);
      expect((await connection.run(read, [1])).rows).toEqual([[1]]);
    });
  });

  test('do nothing where the transaction cannot begin, and the connection is not used again', async () => {
    await onConnection(server, async (connection, url) => {
      await connection.script(table);
      await connection.writeAndLook?.(stepsOf(1, 1));
      await connection.script("xa start 'other'; xa end 'other'");

      await expect(connection.writeAndLook?.(stepsOf(7, 1))).rejects.toMatchObject({ errno: 1399 });

      expect(connection.broken).toBe(true);
      await onOther(url, async (other) => expect((await other.run(read, [1])).rows).toEqual([[1]]));
    });
  });

  test('are left to the caller once the server has forgotten the write, and work again then', async () => {
    await onForgetful(server, async (connection, forget) => {
      await connection.script(table);
      await connection.writeAndLook?.(stepsOf(7, 1));
      await forget();
      await connection.run(read, [1]);

      expect(await connection.writeAndLook?.(stepsOf(8, 1))).toBeUndefined();
      expect((await connection.run(read, [1])).rows).toEqual([[7]]);
      expect(await connection.writeAndLook?.(stepsOf(8, 1))).toMatchObject({ found: { rows: [[8]] } });
    });
  });

  test('tell of the write alone when the server has forgotten the look', async () => {
    await onForgetful(server, async (connection, forget) => {
      await connection.script(table);
      await connection.writeAndLook?.(stepsOf(7, 1));
      await forget();
      await connection.run(update, [7, 1]);

      expect(await connection.writeAndLook?.(stepsOf(8, 1))).toMatchObject({
        written: { changes: 1 },
        found: undefined,
      });
      expect((await connection.run(read, [1])).rows).toEqual([[8]]);
    });
  });

  test('need several flights where statements may not be sent ahead', async () => {
    await onConnection(
      server,
      async (connection) => {
        await connection.script(table);
        expect(await connection.writeAndLook?.(stepsOf(7, 1))).toBeUndefined();
        expect((await connection.run(read, [1])).rows).toEqual([[1]]);
      },
      { pipeline: 'off' },
    );
  });
});

async function isBegun(connection: Connection): Promise<boolean> {
  const { rows } = await connection.run({ sql: 'select @@in_transaction' }, []);
  return Number(rows[0]?.[0]) !== 0;
}

async function onOther(url: string, work: (connection: Connection) => Promise<void>): Promise<void> {
  const connection = await connect(
    { createConnection } as unknown as MysqlLibrary,
    targetOf(url),
    { tls: false },
    true,
  );
  await work(connection);
  await connection.close();
}

/** With a way to make the server forget all that it has prepared for the session, as some proxies do. */
async function onForgetful(
  server: Parameters<typeof onConnection>[0],
  work: (connection: Connection, forget: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await using database = await server.database();
  const clients: Client[] = [];
  const library = {
    createConnection(config: Parameters<typeof createConnection>[0]): Client {
      const client = createConnection(config as never);
      clients.push(client);
      return client;
    },
  };
  const connection = await connect(library as unknown as MysqlLibrary, targetOf(database.url), { tls: false }, true);
  const forget = async (): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    clients[0]?.reset((error) => (error === null ? resolve() : reject(error)));
    await promise;
  };
  await work(connection, forget);
  await connection.close();
}
