import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openBench } from '../migration/open-bench.ts';
import { keepWriting } from './keep-writing.ts';
import { changes, insertParcels, leftovers, parcelHistory, parcelRows } from './parcels.ts';
import { plainly } from './plainly.ts';

describeServers(['mysql', 'mariadb'], 'a large table that the server could only copy while writers wait', (server) => {
  test.each(Object.keys(changes))('gets %s while others write, and loses nothing that they write', async (title) => {
    await using temporary = await server.database();
    const history = parcelHistory(title);
    await using bench = await openBench(temporary.url, history);
    await using writer = await openBench(temporary.url, history);
    await upgrade(bench.context, 'r1');
    await insertParcels(bench.database, 5_000);
    const stop = new AbortController();
    const writing = keepWriting(writer.database, stop.signal);

    await upgrade(bench.context).finally(() => stop.abort());
    const written = await writing;

    expect(await parcelRows(bench.database)).toEqual(written);
    expect(await leftovers(bench.database)).toEqual([]);
    expect(await bench.inspect()).toEqual(await plainly(server, history));
    const texts = JSON.parse((await bench.ledger())[1]?.plan ?? '[]') as readonly string[];
    expect(texts).toEqual([expect.stringContaining('by a copy that takes its place') as string]);
  });

  test('numbers its rows on, and goes where its depot goes', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, parcelHistory('a type'));
    await upgrade(bench.context, 'r1');
    await insertParcels(bench.database, 2_000);
    const before = await insertOne(bench.database, 'last');
    await bench.database.run({ sql: "delete from parcel where code = 'last'" }, []);

    await upgrade(bench.context);

    expect(await insertOne(bench.database, 'next')).toBe(before + 1);
    await bench.database.run({ sql: 'delete from depot where id = 2' }, []);
    const { rows } = await bench.database.run({ sql: 'select count(*) from parcel where depot = 2' }, []);
    expect(Number(rows[0]?.[0])).toBe(0);
  });
});

async function insertOne(database: Database, code: string): Promise<number> {
  const sql = `insert into parcel (code, weight, state, depot) values ('${code}', 1, 'new', 1)`;
  await database.run({ sql }, []);
  const { rows } = await database.run({ sql: `select id from parcel where code = '${code}'` }, []);
  return Number(rows[0]?.[0]);
}
