import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createApi } from '../../../src/http/create-api.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from './open-url.ts';

const hits = table('hit', { n: integer().primaryKey(), primes: integer().null() });
const blocking = new URL('workload-thread.ts', import.meta.url);
const busy = new URL('workload-process.ts', import.meta.url).pathname;

interface Opened extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
}

/** Twenty threads that load everything at once, on a machine with other work. */
const loadMs = 150_000;

let threads: readonly Worker[] = [];

beforeAll(() => {
  threads = Array.from({ length: 20 }, () => new Worker(blocking));
});
afterAll(async () => {
  await Promise.all(threads.map(async (thread) => await thread.terminate()));
});

function newGate(open: 0 | 1): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4)).fill(open);
}

/** What a thread makes of a job; an error when it is not done in time. */
async function resultOf(thread: Worker, job: object, withinMs: number): Promise<unknown> {
  const answered = once(thread, 'message', { signal: AbortSignal.timeout(withinMs) });
  thread.postMessage(job);
  const [result]: unknown[] = await answered;
  return result;
}

// Every engine has its threads in threads.test.ts; twenty of them load much.
describeServers(['postgresql-15'], 'a program with much to do', (server) => {
  const open = async (): Promise<Opened> => {
    const temporary = await server.database();
    const database = await openUrl(temporary.url, { pool: { size: 3, overflow: 2 } });
    await createSchema(database, { hits });
    return {
      url: temporary.url,
      database,
      async [Symbol.asyncDispose]() {
        await database.close();
        await temporary[Symbol.asyncDispose]();
      },
    };
  };
  const numbers = async ({ database }: Opened): Promise<readonly number[]> => {
    const api = createApi(database, [resource(hits, { prefix: '/hits' })]);
    const response = await api.handle(new Request('http://much.test/hits?order=n&limit=200'));
    const { items } = (await response.json()) as { readonly items: readonly { readonly n: number }[] };
    return items.map(({ n }) => n);
  };

  test('serves 150 requests at once in one thread', async () => {
    await using opened = await open();
    const api = createApi(opened.database, [resource(hits, { prefix: '/hits' })]);
    const headers = { 'content-type': 'application/json' };

    const statuses = await Promise.all(
      Array.from({ length: 150 }, async (_, n) => {
        const body = JSON.stringify({ n });
        return (await api.handle(new Request('http://much.test/hits', { method: 'POST', headers, body }))).status;
      }),
    );

    expect(new Set(statuses)).toEqual(new Set([201]));
    expect(await numbers(opened)).toHaveLength(150);
    expect(opened.database.metrics().write.peakInUse).toBeLessThanOrEqual(5);
  });

  test('hands what blocks to 20 threads and answers meanwhile', async () => {
    await using opened = await open();
    const { url } = opened;
    const load = async (thread: Worker, at: number): Promise<unknown> =>
      await resultOf(thread, { url, n: 100 + at, gate: newGate(1) }, loadMs);
    await Promise.all(threads.map(load));
    await createRepository(hits, opened.database).deleteWhere('all');

    const gate = newGate(0);
    const running = Promise.all(threads.map(async (thread, n) => await resultOf(thread, { url, n, gate }, 30_000)));

    const meanwhile = await numbers(opened);
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    const results = await running;

    expect(meanwhile).toEqual([]);
    expect(results).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(await numbers(opened)).toEqual(results);
  }, 200_000);

  test('waits no longer for a thread than it says, and one that is ended writes nothing', async () => {
    await using opened = await open();

    const thread = new Worker(blocking);

    const late = resultOf(thread, { url: opened.url, n: 1, gate: newGate(0) }, 300);
    await expect(late).rejects.toMatchObject({ code: 'ABORT_ERR' });
    await thread.terminate();

    expect(await numbers(opened)).toEqual([]);
  });

  test('hands what is busy to processes', async () => {
    await using opened = await open();
    const work = async (n: number): Promise<unknown> =>
      await promisify(execFile)(process.execPath, [busy, opened.url, String(n)]);

    await Promise.all([work(1), work(2)]);

    expect(await numbers(opened)).toEqual([1, 2]);
  });
});
