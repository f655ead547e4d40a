import { expect, test } from 'vitest';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import { connect } from '../../../src/connect/connect.ts';
import { engines } from '../../../src/engines.ts';
import { fromCode } from '../../../src/schema/column/defaults.ts';
import { integer, text, uuid } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { tenant } from '../../../src/schema/table/traits.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { uuidv7 } from '../../../src/util/uuidv7.ts';
import { describeReplicated } from '../../servers/replication/describe-replicated.ts';

const papers = table('paper', { id: integer().primaryKey(), line: text({ max: 40 }), ...tenant(integer()) });

const books = table('book', {
  id: uuid()
    .primaryKey()
    .default(fromCode(() => uuidv7())),
  title: text({ max: 100 }),
});

describeReplicated('a service with PRIMARY_DB_URL and REPLICA_DB_URL', (servers) => {
  test('writes to one and reads from the others through repositories', async () => {
    const name = await servers.database();
    const urls = [servers.replica(0), servers.replica(1)].map((replica) => replica.url(name));
    const settings = resolveSettings(
      {
        PRIMARY_DB_URL: servers.primary.url(name),
        REPLICA_DB_URL: urls.join(', '),
        DB_PARAMS: 'sslmode=disable',
        REPLICA_MAX_LAG: '60',
      },
      engines,
    );
    await using database = await connect({ books }, settings);
    await createSchema(database, { books });

    const session = database.session();
    const { id } = await session.repository(books).insert({ title: 'Solaris' });
    const token = await session.token();
    const own = await session.repository(books).get(id);
    const elsewhere = database.read.after(token, { withinMs: 10_000 });
    const titles = (await elsewhere.repository(books).list()).map(({ title }) => title);
    const found = await database.session({ after: token, withinMs: 10_000 }).repository(books).find(id);
    const { readsOnPrimary, replicas } = database.metrics();

    expect([own.title, titles, found?.title]).toEqual(['Solaris', ['Solaris'], 'Solaris']);
    expect([readsOnPrimary, replicas?.map(({ where }) => where)]).toEqual([
      0,
      urls.map((url) => `${new URL(url).host}/${name}`),
    ]);
    await expect(database.read.repository(books).insert({ title: 'Eden' })).rejects.toMatchObject({
      code: 'READ_ONLY',
    });
  });

  test('reads the rows of one tenant from the replicas, and of no other', async () => {
    const name = await servers.database();
    const settings = resolveSettings(
      {
        PRIMARY_DB_URL: servers.primary.url(name),
        REPLICA_DB_URL: servers.replica(0).url(name),
        DB_PARAMS: 'sslmode=disable',
        REPLICA_MAX_LAG: '60',
      },
      engines,
    );
    await using database = await connect({ papers }, settings);
    await createSchema(database, { papers });
    const [mine, theirs] = [database.forTenant(1), database.forTenant(2)];
    await mine.repository(papers).insert({ id: 1, line: 'mine' });
    await theirs.repository(papers).insert({ id: 2, line: 'theirs' });
    const token = await mine.token();

    const seen = await mine.read.after(token, { withinMs: 10_000 }).repository(papers).list();
    const { readsOnPrimary, replicas } = database.metrics();

    expect(seen.map(({ line }) => line)).toEqual(['mine']);
    expect(readsOnPrimary).toBe(0);
    expect(replicas?.[0]?.taken).toBeGreaterThan(0);
  });
});
