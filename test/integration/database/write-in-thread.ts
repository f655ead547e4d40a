// Run as a thread of its own: opens the database and writes 25 rows at once.
import { workerData } from 'node:worker_threads';
import { sql } from '../../../src/sql/sql.ts';
import { openUrl } from './open-url.ts';

const { thread, url } = workerData as { readonly thread: number; readonly url: string };
await using database = await openUrl(url);
await Promise.all(
  Array.from({ length: 25 }, async (_, n) => {
    await database.transaction(async (transaction) => {
      await transaction.execute(sql`insert into hit values (${thread}, ${n})`);
    });
  }),
);
