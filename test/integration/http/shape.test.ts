import { expect, test } from 'vitest';
import { resource, type Resource } from '../../../src/http/resource/resource.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { table } from '../../../src/schema/table/table.ts';
import { softDelete } from '../../../src/schema/table/traits.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema, type ServedSchema } from './serve-schema.ts';

const writers = table('writer', {
  id: integer().primaryKey(),
  name: text({ max: 40 }),
  secret: text({ max: 40 }).default('hush'),
});
const works = table('work', {
  id: integer().primaryKey(),
  title: text({ max: 40 }),
  writerId: integer()
    .index()
    .references(() => writers.id),
  ...softDelete(),
});
const chapters = table('chapter', {
  id: integer().primaryKey(),
  heading: text({ max: 40 }),
  workId: integer()
    .index()
    .references(() => works.id),
});
const schema = { writers, works, chapters };
const library = relations(schema, (r) => ({
  writers: { works: r.many.works() },
  works: { writer: r.one.writers(), chapters: r.many.chapters() },
  chapters: { work: r.one.works() },
}));

const writerResource: Resource = resource(library.writers, {
  prefix: '/writers',
  hidden: ['secret'],
  include: { works: () => workResource },
  includeLimit: { rows: 2 },
});
const workResource: Resource = resource(library.works, {
  prefix: '/works',
  offset: 3,
  include: { writer: writerResource, chapters: () => chapterResource },
});
const chapterResource = resource(library.chapters, { prefix: '/chapters', include: { work: () => workResource } });

/** Without a histogram MySQL takes it for granted that a tenth of the rows is not deleted. */
const statistics: Readonly<Record<string, readonly ReturnType<typeof sql>[]>> = {
  postgresql: [sql`analyze`],
  mariadb: [sql`analyze table work`],
  mysql: [sql`analyze table work`, sql`analyze table work update histogram on deleted_at`],
};

describeEachServer('what a response shows', (server) => {
  const serve = async (): Promise<ServedSchema> => {
    const api = await serveSchema(server, schema, [writerResource, workResource, chapterResource], { key: 'shape' });
    const { database } = api;
    await createRepository(writers, database).insertMany([
      { id: 1, name: 'Ada' },
      { id: 2, name: 'Bea' },
    ]);
    await createRepository(works, database).insertMany(
      [11, 12, 13, 14].map((id) => ({ id, title: `T${id}`, writerId: id === 14 ? 2 : 1 })),
    );
    await createRepository(chapters, database).insertMany([{ id: 101, heading: 'One', workId: 14 }]);
    return api;
  };

  test('is what select names, under the names it gives', async () => {
    await using api = await serve();

    const one = await api.send('GET', '/writers/1?select=id,called:name');
    const page = await api.send('GET', '/works?select=title&order=-id&limit=1');
    const next = await api.send('GET', `/works?select=title&order=-id&limit=1&after=${page.body.next}`);
    const hidden = await api.send('GET', '/writers?select=secret');
    const twice = await api.send('GET', '/writers?select=id,id:name');
    const odd = await api.send('GET', '/writers?select=__proto__:name');
    const both = await api.send('GET', '/writers?select=a:b:name');

    expect(one.body).toEqual({ id: 1, called: 'Ada' });
    expect([page, next].map(({ body }) => body.items)).toEqual([[{ title: 'T14' }], [{ title: 'T13' }]]);
    expect(hidden).toMatchObject({ status: 400, body: { code: 'FIELD_UNKNOWN', errors: [{ parameter: 'select' }] } });
    expect([twice.status, odd.status, both.status]).toEqual([400, 400, 400]);
  });

  test('has related rows with it, as their own resource shows them', async () => {
    await using api = await serve();

    const two = await api.send('GET', '/writers/2?include=works.chapters&select=name');
    const up = await api.send('GET', '/chapters?include=work.writer');

    expect(two.body).toEqual({
      name: 'Bea',
      works: [
        { id: 14, title: 'T14', writerId: 2, deletedAt: null, chapters: [{ id: 101, heading: 'One', workId: 14 }] },
      ],
    });
    expect(up.body.items).toMatchObject([{ id: 101, work: { id: 14, writer: { id: 2, name: 'Bea' } } }]);
    expect(JSON.stringify([two.body, up.body])).not.toContain('hush');
  });

  test('says where it leaves related rows out', async () => {
    await using api = await serve();

    const writers = await api.send('GET', '/writers?include=works&order=id');
    const whole = await api.send('GET', '/writers/2?include=works');

    expect(writers.body.items.map(({ works: { length } }: { works: object[] }) => length)).toEqual([2, 1]);
    expect(writers.headers.get('include-truncated')).toBe('works');
    expect(whole.headers.has('include-truncated')).toBe(false);
  });

  test('refuses relations that are not there, too deep or hidden by a name', async () => {
    await using api = await serve();
    const status = async (query: string): Promise<number> => (await api.send('GET', `/writers?${query}`)).status;

    expect(await status('include=friends')).toBe(400);
    expect(await status('include=works.chapters.work')).toBe(400);
    expect(await status('include=works&select=works:name')).toBe(400);
    expect(await status('include=__proto__')).toBe(400);
  });

  test('leaves out related rows that are deleted', async () => {
    await using api = await serve();
    await api.send('DELETE', '/works/14');

    const shown = await api.send('GET', '/writers/2?include=works');

    expect(shown.body.works).toEqual([]);
  });

  test('has the number of all rows where that is preferred', async () => {
    await using api = await serve();

    const counted = await api.send('GET', '/works?limit=1&writerId=eq.1', undefined, { prefer: 'count=exact' });
    const plain = await api.send('GET', '/works?limit=1');
    const odd = await api.send('GET', '/works?limit=1', undefined, { prefer: 'count=roughly' });

    expect(counted.body).toMatchObject({ items: [{ writerId: 1 }], total: 3 });
    expect(counted.headers.get('preference-applied')).toBe('count=exact');
    expect(counted.headers.get('x-total-count')).toBe('3');
    expect([plain.body, odd.body].filter((body) => 'total' in body)).toEqual([]);
  });

  test('has the number that the planner expects where that is preferred, and says which it is', async () => {
    await using api = await serve();
    const plans = api.database.dialect.queries.plannedRows !== undefined;
    await createRepository(works, api.database).insertMany(
      Array.from({ length: 10_100 }, (_, at) => ({ id: 1_000 + at, title: 'T', writerId: 1 })),
    );
    for (const statement of statistics[server.engine] ?? []) await api.database.execute(statement);
    const count = async (kind: string, query = ''): Promise<readonly [number, string | null]> => {
      const { body, headers } = await api.send('GET', `/works?limit=1${query}`, undefined, { prefer: `count=${kind}` });
      expect(headers.get('x-total-count')).toBe(String(body.total));
      return [body.total, headers.get('preference-applied')];
    };

    const [planned, howPlanned] = await count('planned');
    const [estimated, howEstimated] = await count('estimated');

    expect([howPlanned, howEstimated]).toEqual(
      plans ? ['count=planned', 'count=estimated'] : ['count=exact', 'count=exact'],
    );
    for (const total of [planned, estimated]) expect(Math.abs(total - 10_104)).toBeLessThan(1_000);
    expect(await count('estimated', '&id=lt.100')).toEqual([4, 'count=exact']);
  });

  test('starts no further than the resource allows', async () => {
    await using api = await serve();

    expect((await api.send('GET', '/works?offset=3')).body.items).toHaveLength(1);
    expect(await api.send('GET', '/works?offset=4')).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
  });
});

test('a resource includes only relations of its table', () => {
  expect(() => resource(writers, { prefix: '/w', include: { works: workResource } })).toThrow('no relation works');
});
