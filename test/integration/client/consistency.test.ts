import { expect, test } from 'vitest';
import { Consistency } from '../../../src/client/consistency.ts';
import { createClient, type Client } from '../../../src/client/create-client.ts';
import { createApi } from '../../../src/http/create-api.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { describeReplicated } from '../../servers/replication/describe-replicated.ts';

const hits = table('hit', { n: integer().primaryKey() });
const schema = { hits };

describeReplicated('a client of an API over replicas', (servers) => {
  test('sees its own writes, and nobody else does before the replicas have them', async () => {
    await using database = await servers.open(await servers.database(), {
      replica: { checkEveryMs: 100, maxLagMs: 600_000 },
    });
    await createSchema(database, schema);
    const api = createApi(database, [resource(hits, { prefix: '/hits' })], { replicas: true });
    const clientWith = (consistency?: Consistency): Client<typeof schema> =>
      createClient<typeof schema>({
        url: 'http://replicas.test',
        consistency,
        fetch: async (input, init) => await api.handle(new Request(input, init)),
      });
    const numbers = async ({ hits: client }: Client<typeof schema>): Promise<readonly number[]> =>
      (await client.page({ order: ['n'] })).items.map(({ n }) => n);
    await database.session({ after: await database.token(), withinMs: 10_000 }).run({ sql: 'select n from hit' }, []);
    const consistency = new Consistency();
    const own = clientWith(consistency);
    for (const at of [0, 1]) await servers.replica(at).pauseReplay();

    const before = await numbers(own);
    await Promise.all([1, 2, 3].map(async (n) => await own.hits.create({ n })));
    const seen = await numbers(own);
    const [stranger, elsewhere] = [clientWith(), clientWith(new Consistency(consistency.token))];
    const seenByOthers = [await numbers(stranger), await numbers(elsewhere)];
    await own.hits.delete(2);
    const left = await numbers(own);
    for (const at of [0, 1]) await servers.replica(at).resumeReplay();

    expect([before, seen, left]).toEqual([[], [1, 2, 3], [1, 3]]);
    expect(seenByOthers).toEqual([[], [1, 2, 3]]);
    expect(consistency.token?.split(',')).toHaveLength(1);
  });

  test('is told when it carries what no write handed out, or too much', async () => {
    await using database = await servers.open(await servers.database());
    await createSchema(database, schema);
    const api = createApi(database, [resource(hits, { prefix: '/hits' })], { replicas: true });
    const token = await database.token();
    const statusWith = async (tokens: readonly string[]): Promise<number> => {
      const headers = { 'consistency-token': tokens.join(', ') };
      return (await api.handle(new Request('http://replicas.test/hits', { headers }))).status;
    };

    expect(await statusWith(Array<string>(16).fill(token))).toBe(200);
    expect(await statusWith(Array<string>(17).fill(token))).toBe(400);
    expect(await statusWith([token, 'w1.x'])).toBe(400);
    expect(await statusWith([token, ''])).toBe(400);
  });
});
