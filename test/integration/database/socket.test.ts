import { expect, test } from 'vitest';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import { connect } from '../../../src/connect/connect.ts';
import { engines } from '../../../src/engines.ts';
import { sql } from '../../../src/sql/sql.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';

test('DB_HOST may be the directory of a Unix socket', async () => {
  await using server = await startServer({ engine: 'postgresql' });
  const settings = resolveSettings(
    {
      DB_HOST: server.socketDirectory,
      DB_PORT: String(server.port),
      DB_NAME: 'postgres',
      DB_USER: server.user,
      DB_PASSWORD: server.password,
    },
    engines,
  );

  await using database = await connect({}, settings);

  expect(await database.query(sql`select inet_client_addr()::text as address`)).toEqual([{ address: null }]);
});
