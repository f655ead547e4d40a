import { expect, test } from 'vitest';
import { temporaryDatabase } from '../../../src/testing/database/temporary-database.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { sql } from '../../../src/sql/sql.ts';
import { openUrl } from './open-url.ts';

// A server that crashed gives the numbers of transactions that it forgot to new ones.
test('a transaction that a crashed server forgot is not taken for another one of the same number', async () => {
  // The server writes its log when it commits, and otherwise only so often.
  await using server = await startServer({ engine: 'postgresql', settings: { wal_writer_delay: '10s' } });
  const { url } = await temporaryDatabase(server, { checkLeaks: false });
  await using database = await openUrl(url);
  await database.execute(sql`create table note (id integer primary key)`);
  await using transaction = await database.begin();
  await transaction.execute(sql`insert into note values (0)`);

  await server.kill();
  await server.start();
  for (let id = 1; id <= 5; id += 1) await database.execute(sql`insert into note values (${id})`);
  const outcome = await transaction.commit().then(
    () => 'success',
    (error: { readonly code: string }) => error.code,
  );

  expect(outcome).toBe('COMMIT_OUTCOME_UNKNOWN');
  expect((await database.query(sql`select id from note order by id`)).map(({ id }) => Number(id))).toEqual([
    1, 2, 3, 4, 5,
  ]);
});

test('a transaction that a crashed server rolled back is known to be lost', async () => {
  await using server = await startServer({ engine: 'postgresql', settings: { wal_writer_delay: '10s' } });
  const { url } = await temporaryDatabase(server, { checkLeaks: false });
  await using database = await openUrl(url);
  await database.execute(sql`create table note (id integer primary key)`);
  await using transaction = await database.begin();
  await transaction.execute(sql`insert into note values (0)`);

  await server.kill();
  await server.start();

  await expect(transaction.commit()).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  expect(await database.query(sql`select id from note`)).toEqual([]);
});
