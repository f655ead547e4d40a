import { expect, test } from 'vitest';
import { createApi } from '../../../src/http/create-api.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { describeReplicated } from '../../servers/replication/describe-replicated.ts';

const hits = table('hit', { n: integer().primaryKey() });

describeReplicated('an API over replicas', (servers) => {
  test('shows a write to who sends its token back, and the replicas to all others', async () => {
    await using database = await servers.open(await servers.database(), {
      replica: { checkEveryMs: 100, maxLagMs: 600_000 },
    });
    await createSchema(database, { hits });
    const api = createApi(database, [resource(hits, { prefix: '/hits' })], { replicas: true });
    const send = async (method: string, path: string, token?: string | null, body?: object): Promise<Response> => {
      const headers = { 'content-type': 'application/json', ...(token ? { 'consistency-token': token } : {}) };
      const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
      return await api.handle(new Request(`http://replicas.test${path}`, init));
    };
    const seen = await database.token();
    await database.session({ after: seen, withinMs: 10_000 }).run({ sql: 'select n from hit' }, []);
    for (const at of [0, 1]) await servers.replica(at).pauseReplay();

    const created = await send('POST', '/hits', undefined, { n: 1 });
    const token = created.headers.get('consistency-token');
    const own = await send('GET', '/hits/1', token);
    const other = await send('GET', '/hits/1');
    const odd = await send('GET', '/hits/1', 'w1.x');
    for (const at of [0, 1]) await servers.replica(at).resumeReplay();

    expect(created.status).toBe(201);
    expect([own.status, await own.json()]).toEqual([200, { n: 1 }]);
    expect(other.status).toBe(404);
    expect([odd.status, await odd.json()]).toMatchObject([400, { code: 'TOKEN_INVALID' }]);
  });
});
