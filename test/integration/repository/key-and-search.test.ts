import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import { index, integer, table, text, timestamptz } from '../../../src/index.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';

/** A key and a mark of deletion with names of their own. */
const parcels = table('parcel', {
  code: text({ max: 20 }).primaryKey(),
  label: text({ max: 40 }),
  sender: text({ max: 40 }).immutable(),
  removedOn: timestamptz().null().role('deleted-at'),
});

const visits = table('visit', { id: integer().primaryKey(), userId: integer(), createdAt: timestamptz() }, (t) => [
  index(t.userId, t.createdAt.desc()),
]);

describeEachServer('a repository', (server) => {
  test('takes key, mark of deletion and immutable columns from the definition, whatever they are called', async () => {
    await using shop = await schemaDatabase(server, { parcels });
    const strict = shop.database.repository(parcels);
    const lenient = shop.database.repository(parcels, { immutable: 'ignore' });
    await strict.insert({ code: 'p1', label: 'books', sender: 'ada' });

    const changed = await lenient.update('p1', { label: 'maps', sender: 'bob', code: 'p2' } as never);
    await strict.delete('p1');

    expect(changed).toMatchObject({ code: 'p1', label: 'maps', sender: 'ada' });
    expect(await strict.find('p1')).toBeUndefined();
    expect((await strict.get('p1', { withDeleted: true })).removedOn).toBeInstanceOf(Date);
  });

  test('searches a part of what matches', async () => {
    await using shop = await schemaDatabase(server, { parcels });
    const rows = shop.database.repository(parcels);
    await rows.insertMany(['a', 'b', 'c', 'd'].map((code) => ({ code, label: `Big ${code}`, sender: 'ada' })));
    await rows.insert({ code: 'e', label: 'small', sender: 'ada' });

    const found = await rows.search('BIG', { fields: ['label', 'sender'], order: ['code'], limit: 2, offset: 1 });

    expect(found.map(({ code }) => code)).toEqual(['b', 'c']);
  });

  test('gets the row of a unique key or makes it, and changes nothing when told so', async () => {
    await using shop = await schemaDatabase(server, { parcels });
    const rows = shop.database.repository(parcels);
    const options = { match: ['code'], update: [] } as const;

    const made = await rows.upsert({ code: 'p1', label: 'books', sender: 'ada' }, options);
    const got = await rows.upsert({ code: 'p1', label: 'maps', sender: 'bob' }, options);

    expect(made.created).toBe(true);
    expect(got).toEqual({ row: made.row, created: false });
  });

  test('finds the newest rows of one user through the index of both columns', async () => {
    await using shop = await schemaDatabase(server, { visits });
    const rows = shop.database.repository(visits);
    const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 21) + minute * 60_000);
    await rows.insertMany(
      Array.from({ length: 3_000 }, (_, id) => ({ id, userId: id % 30, createdAt: at((id * 7) % 3_000) })),
    );
    const statements: string[] = [];
    const listen = (message: unknown): void => void statements.push((message as { readonly sql: string }).sql);
    subscribe('rowhouse:query', listen);

    const found = await rows.list({ where: { userId: 7 }, order: ['-createdAt'], limit: 50 });

    unsubscribe('rowhouse:query', listen);
    const times = found.map(({ createdAt }) => createdAt.getTime());
    expect(found).toHaveLength(50);
    expect(found.every(({ userId }) => userId === 7)).toBe(true);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const explain = server.engine === 'sqlite' ? 'explain query plan' : 'explain';
    const plan = await shop.database.run({ sql: `${explain} ${statements.at(-1) ?? ''}` }, [7, 50]);
    expect(JSON.stringify(plan.rows)).toContain('visit_user_id_created_at_idx');
  });
});
