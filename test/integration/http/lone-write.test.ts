import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createApi } from '../../../src/http/create-api.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { serve } from '../../../src/http/serve.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { serveSchema, type ServedSchema } from './serve-schema.ts';

const notes = table('note', {
  id: integer().primaryKey(),
  limitedTo: text().default(sql`current_setting('statement_timeout')`),
});
/** Its statements last longer than any test. */
const slow = table('slow', { id: integer().primaryKey(), mark: text().default(sql`pg_sleep(60)::text`) });

const inserting = sql`select pid from pg_stat_activity where state = 'active' and query like 'insert into "slow"%'`;

async function untilInserting(api: ServedSchema, count: number): Promise<readonly { readonly pid: number }[]> {
  for (let turn = 0; turn < 200; turn++) {
    const found = await api.database.query<{ pid: number }>(inserting);
    if (found.length === count) return found;
    await sleep(50);
  }
  throw new Error(`there were never ${count} of them`);
}

describeServers(['postgresql'], 'a write in which nothing else takes part', (server) => {
  test('is its statement alone, and one with a hook runs in a transaction', async () => {
    const hooked = tableService(notes, { afterCreate: () => undefined });
    const parts = [
      resource(notes, { prefix: '/alone' }),
      resource(notes, { prefix: '/hooked', service: hooked, name: 'Hooked' }),
    ];
    await using api = await serveSchema(server, { notes }, parts);

    const alone = await api.send('POST', '/alone', { id: 1 });
    const inTransaction = await api.send('POST', '/hooked', { id: 2 });

    // A transaction tells the server the limit of its statements; a statement alone is watched from here.
    expect([alone.body, inTransaction.body]).toEqual([
      { id: 1, limitedTo: '0' },
      { id: 2, limitedTo: '30s' },
    ]);
  });

  test('is stopped when its time is up', async () => {
    await using api = await serveSchema(server, { slow }, [resource(slow, { prefix: '/slow' })], { timeoutMs: 200 });

    const created = await api.send('POST', '/slow', { id: 1 });

    expect(created).toMatchObject({ status: 504, body: { code: 'STATEMENT_TIMEOUT' } });
    await untilInserting(api, 0);
    expect((await api.send('GET', '/slow')).body.items).toEqual([]);
  });

  test('is stopped when its client goes', async () => {
    await using api = await serveSchema(server, { slow }, []);
    await using running = await serve(createApi(api.database, [resource(slow, { prefix: '/slow' })]), { port: 0 });
    const client = new AbortController();
    const sent = fetch(`${running.url}/slow`, {
      method: 'POST',
      body: '{"id": 1}',
      headers: { 'content-type': 'application/json' },
      signal: client.signal,
    });
    await untilInserting(api, 1);

    client.abort();

    await expect(sent).rejects.toThrow();
    await untilInserting(api, 0);
    expect(await api.database.query(sql`select id from slow`)).toEqual([]);
  });

  test('says that its outcome is unknown when the line is lost before the answer', async () => {
    await using api = await serveSchema(server, { slow }, [resource(slow, { prefix: '/slow' })]);
    const created = api.send('POST', '/slow', { id: 1 });
    const [{ pid } = { pid: 0 }] = await untilInserting(api, 1);

    await api.database.query(sql`select pg_terminate_backend(${pid}::int)`);

    expect(await created).toMatchObject({ status: 503, body: { code: 'COMMIT_OUTCOME_UNKNOWN' } });
  });
});
