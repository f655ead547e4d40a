import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { array, index, integer, json, sql, table, text } from '../../src/index.ts';
import { SqlFragment } from '../../src/sql/sql.ts';
import { describeEachServer, describeServers } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { statementsOf } from '../integration/include/count-statements.ts';

const papers = table('paper', { id: integer().primaryKey(), doc: json().null() });
const boxes = table('box', { id: integer().primaryKey(), tags: array(text()), sizes: array(integer()).null() });

describeEachServer('filters inside JSON', (server) => {
  let database: ServiceDatabase;
  const ids = async (doc: object): Promise<readonly number[]> =>
    (await database.repository(papers).list({ where: { doc: doc as never }, order: ['id'] })).map(({ id }) => id);

  beforeAll(async () => {
    database = await openSchema(server, { papers });
    await database.repository(papers).insertMany([
      { id: 1, doc: { a: { b: 1 }, tags: ['x', 'y'], name: 'Ada' } },
      { id: 2, doc: { a: { b: '1' }, tags: ['X', 1], name: 'ada' } },
      { id: 3, doc: { a: { b: 1.5 }, tags: [], name: '100%' } },
      { id: 4, doc: { a: { b: true }, tags: ['x', ['z'], true], name: 'é' } },
      { id: 5, doc: { a: { b: null }, tags: 'x', name: 7 } },
      { id: 6, doc: { a: [1], "o'neil key": 'ü', name: null } },
      { id: 7, doc: ['x', 2, '2'] },
      { id: 8, doc: null },
      { id: 9, doc: { a: { b: -3 }, '0': 'zero' } },
    ]);
    return async () => await database.close();
  });

  test('compare what is at a path, each type with its own', async () => {
    const path = ['a', 'b'];

    expect(await ids({ path, eq: 1 })).toEqual([1]);
    expect(await ids({ path, eq: '1' })).toEqual([2]);
    expect(await ids({ path, eq: true })).toEqual([4]);
    expect(await ids({ path, eq: false })).toEqual([]);
    expect(await ids({ path, ne: 1 })).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await ids({ path, gt: 1 })).toEqual([3]);
    expect(await ids({ path, gte: -3, lt: 1.5 })).toEqual([1, 9]);
    expect(await ids({ path, lte: '1' })).toEqual([2]);
    expect(await ids({ path, in: [1, 1.5, 'no'] })).toEqual([1, 3]);
    expect(await ids({ path, in: [] })).toEqual([]);
    expect(await ids({ path, notIn: [1, true] })).toEqual([2, 3, 5, 6, 7, 8, 9]);
    expect(await ids({ path, isNull: true })).toEqual([5, 6, 7, 8]);
    expect(await ids({ path, isNull: false })).toEqual([1, 2, 3, 4, 9]);
  });

  test('read text exactly, and members by their name only', async () => {
    expect(await ids({ path: ['name'], eq: 'ada' })).toEqual([2]);
    expect(await ids({ path: ['name'], ilike: 'ad%' })).toEqual([1, 2]);
    expect(await ids({ path: ['name'], contains: '%' })).toEqual([3]);
    expect(await ids({ path: ['name'], startsWith: 'A' })).toEqual([1]);
    expect(await ids({ path: ['name'], endsWith: 'da', ne: 'Ada' })).toEqual([2]);
    expect(await ids({ path: ['name'], gt: 'a' })).toEqual([2, 4]);
    expect(await ids({ path: ["o'neil key"], eq: 'ü' })).toEqual([6]);
    expect(await ids({ path: ['0'], eq: 'zero' })).toEqual([9]);
    expect(await ids({ path: ['0'], isNull: false })).toEqual([9]);
  });

  test('find the elements of arrays', async () => {
    const path = ['tags'];

    expect(await ids({ path, has: 'x' })).toEqual([1, 4]);
    expect(await ids({ path, has: 'z' })).toEqual([]);
    expect(await ids({ path, has: 1 })).toEqual([2]);
    expect(await ids({ path, has: true })).toEqual([4]);
    expect(await ids({ path, hasAny: ['y', 'X'] })).toEqual([1, 2]);
    expect(await ids({ path, hasAll: ['x', 'y'] })).toEqual([1]);
    expect(await ids({ path, hasAny: [] })).toEqual([]);
    expect(await ids({ has: 'x' })).toEqual([7]);
    expect(await ids({ hasAll: [2, '2'] })).toEqual([7]);
  });

  test('work in trees', async () => {
    const where = { not: { or: [{ doc: { path: ['a', 'b'], eq: 1 } }, { doc: { path: ['tags'], has: 'x' } }] } };

    const found = await database.repository(papers).list({ where, order: ['id'] });

    expect(found.map(({ id }) => id)).toEqual([2, 3, 5, 6, 7, 8, 9]);
  });

  test('are refused where they cannot be', async () => {
    const refusal = async (doc: object): Promise<unknown> =>
      await ids(doc).catch((error: unknown) => (error as { code: string }).code);

    expect(await refusal({ path: ['a'] })).toBe('FILTER_INVALID');
    expect(await refusal({ path: 'a', eq: 1 })).toBe('FILTER_INVALID');
    expect(await refusal({ path: [], eq: 1 })).toBe('FILTER_INVALID');
    expect(await refusal({ path: ['a"b'], eq: 1 })).toBe('FILTER_INVALID');
    expect(await refusal({ path: ['a'], eq: null })).toBe('FILTER_INVALID');
    expect(await refusal({ path: ['a'], eq: undefined })).toBe('FILTER_INVALID');
    expect(await refusal({ path: ['a'], eq: {} })).toBe('FILTER_INVALID');
    expect(await refusal({ path: ['a'], gt: true })).toBe('FILTER_INVALID');
    expect(await refusal({ path: ['a'], near: 1 })).toBe('OPERATOR_UNKNOWN');
    expect(await refusal({ eq: 1, has: 1 })).toBe('FILTER_INVALID');
  });
});

describeServers(['postgresql'], 'filters inside arrays', (server) => {
  test('find the elements, one, any or all', async () => {
    await using database = await openSchema(server, { boxes });
    const repository = database.repository(boxes);
    await repository.insertMany([
      { id: 1, tags: ['a', 'b'], sizes: [1, 2] },
      { id: 2, tags: ['B"', '{}'], sizes: null },
      { id: 3, tags: [], sizes: [3] },
    ]);
    const ids = async (where: Parameters<typeof repository.count>[0]): Promise<readonly number[]> =>
      (await repository.list({ where, order: ['id'] })).map(({ id }) => id);

    expect(await ids({ tags: { has: 'a' } })).toEqual([1]);
    expect(await ids({ tags: { has: 'B"' } })).toEqual([2]);
    expect(await ids({ tags: { hasAny: ['b', '{}'] } })).toEqual([1, 2]);
    expect(await ids({ sizes: { hasAll: [1, 2] } })).toEqual([1]);
    expect(await ids({ not: { sizes: { has: 1 } } })).toEqual([2, 3]);
    await expect(ids({ sizes: { has: 'x' } })).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    await expect(ids({ tags: { path: ['a'], has: 'x' } })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
  });
});

/** How the server would carry out the statement of a list, with this text in the place of its parameter. */
async function planOf(database: ServiceDatabase, doc: object, parameter: string, explain: string): Promise<string> {
  const repository = database.repository(papers);
  const [statement = ''] = await statementsOf(
    database,
    async () => await repository.list({ where: { doc: doc as never } }),
  );
  const text = `${explain} ${statement.replace(/\$1|\?/, parameter)}`;
  return JSON.stringify(await database.query(new SqlFragment([text], [])));
}

describeServers(['postgresql'], 'an index on a document', (server) => {
  test('serves equality and elements', async () => {
    const indexed = table('paper', { id: integer().primaryKey(), doc: json().null() }, (t) => [
      index(t.doc, { method: 'gin', name: 'paper_doc' }),
    ]);
    await using database = await openSchema(server, { indexed }, (settings) => ({
      ...settings,
      pool: { ...settings.pool, size: 1, overflow: 0 },
    }));
    await database.execute(sql`set enable_seqscan = off`);

    expect(await planOf(database, { path: ['a', 'b'], eq: 5 }, `'5'`, 'explain')).toContain('paper_doc');
    expect(await planOf(database, { path: ['tags'], has: 'x' }, `'["x"]'`, 'explain')).toContain('paper_doc');
  });
});

describeServers(['sqlite'], 'an index on a path of a document', (server) => {
  test('serves equality', async () => {
    await using database = await openSchema(server, { papers });
    await database.execute(sql`create index paper_stars on paper (json_extract(doc, '$."stars"'))`);

    expect(await planOf(database, { path: ['stars'], eq: 5 }, '5', 'explain query plan')).toContain('paper_stars');
  });
});
