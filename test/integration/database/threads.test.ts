import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openUrl } from './open-url.ts';

const program = new URL('write-in-thread.ts', import.meta.url);

describeEachServer('a program of several threads', (server) => {
  test('has connections of its own in each, and cannot hand one over', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);
    await database.execute(sql`create table hit (thread integer, n integer, primary key (thread, n))`);

    const exits = await Promise.all(
      [1, 2, 3, 4].map(async (thread) => {
        const [code] = (await once(new Worker(program, { workerData: { thread, url: temporary.url } }), 'exit')) as [
          number,
        ];
        return code;
      }),
    );

    expect(exits).toEqual([0, 0, 0, 0]);
    expect(await database.query(sql`select thread, n from hit`)).toHaveLength(100);
    expect(() => structuredClone(database)).toThrow(expect.objectContaining({ name: 'DataCloneError' }));
  });
});
