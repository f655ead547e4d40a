import { beforeAll, expect, test } from 'vitest';
import type { Repository } from '../../../src/index.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { people, seats, shop } from './shop.ts';

describeEachServer('reading rows', (server) => {
  let database: ServiceDatabase;
  let repository: Repository<typeof people.$row, typeof people.$insert, typeof people.$patch>;
  const emails = async (options: Parameters<typeof repository.list>[0]): Promise<string[]> =>
    (await repository.list({ order: ['email'], ...options })).map(({ email }) => email);

  beforeAll(async () => {
    database = await openSchema(server, shop);
    repository = database.repository(people);
    await repository.insertMany([
      { email: 'ada@x', nickname: 'Ada', age: 36, balance: '10.50', born: '1815-12-10', visits: 9007199254740993n },
      {
        email: 'bob@x',
        nickname: null,
        age: 20,
        balance: '9.75',
        active: false,
        seenAt: '2026-01-02T03:04:05.123456Z',
      },
      { email: 'cyd@x', nickname: '100%', age: null, mood: 'sad', profile: { tags: ['a'] } },
      { email: 'dan@x', nickname: 'a_b', age: 20, balance: '-3.00', mood: 'happy', visits: 9007199254740992n },
      { email: 'ÉVE@x', nickname: 'Éve', age: 50, born: '2001-01-01' },
    ]);
    return async () => await database.close();
  });

  test('gets a row by its key, and says when there is none', async () => {
    const ada = await repository.getBy({ email: 'ada@x' });

    expect(await repository.get(ada.id)).toEqual(ada);
    expect(await repository.find('00000000-0000-7000-8000-000000000000')).toBeUndefined();
    await expect(repository.get('00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'ROW_NOT_FOUND',
    });
  });

  test('gives each column its value type', async () => {
    const ada = await repository.getBy({ email: 'ada@x' });

    expect(ada).toMatchObject({
      age: 36,
      visits: 9007199254740993n,
      balance: '10.50',
      score: 0,
      mood: 'ok',
      born: '1815-12-10',
      active: true,
      profile: null,
    });
    expect(ada.createdAt).toBeInstanceOf(Date);
  });

  test('takes every comparison', async () => {
    expect(await emails({ where: { age: 20 } })).toEqual(['bob@x', 'dan@x']);
    expect(await emails({ where: { age: { ne: 20 } } })).toEqual(['ada@x', 'cyd@x', 'ÉVE@x']);
    expect(await emails({ where: { age: { gt: 20, lte: 50 } } })).toEqual(['ada@x', 'ÉVE@x']);
    expect(await emails({ where: { balance: { gte: '9.75' } } })).toEqual(['ada@x', 'bob@x']);
    expect(await emails({ where: { balance: { lt: '0' } } })).toEqual(['dan@x']);
    expect(await emails({ where: { visits: 9007199254740993n } })).toEqual(['ada@x']);
    expect(await emails({ where: { seenAt: { gt: '2026-01-02T03:04:05.123455Z' } } })).toEqual(['bob@x']);
    expect(await emails({ where: { born: { lt: '1900-01-01' } } })).toEqual(['ada@x']);
    expect(await emails({ where: { mood: 'happy', active: true } })).toEqual(['dan@x']);
    expect(await emails({ where: { profile: { isNull: false } } })).toEqual(['cyd@x']);
  });

  test('takes lists, and an empty one finds nothing', async () => {
    expect(await emails({ where: { email: { in: ['ada@x', 'dan@x', 'nobody'] } } })).toEqual(['ada@x', 'dan@x']);
    expect(await emails({ where: { visits: { in: [9007199254740993n] } } })).toEqual(['ada@x']);
    expect(await emails({ where: { balance: { in: ['10.50', '-3.00'] } } })).toEqual(['ada@x', 'dan@x']);
    expect(await emails({ where: { born: { in: ['2001-01-01'] } } })).toEqual(['ÉVE@x']);
    expect(await emails({ where: { mood: { in: ['sad', 'happy'] } } })).toEqual(['cyd@x', 'dan@x']);
    expect(await emails({ where: { active: { in: [false] } } })).toEqual(['bob@x']);
    expect(await emails({ where: { age: { notIn: [20, 36] } } })).toEqual(['cyd@x', 'ÉVE@x']);
    expect(await emails({ where: { age: { in: [] } } })).toEqual([]);
    expect(await emails({ where: { age: { notIn: [] } } })).toHaveLength(5);
  });

  test('takes and, or, not', async () => {
    expect(await emails({ where: { or: [{ age: 36 }, { and: [{ age: 20 }, { active: false }] }] } })).toEqual([
      'ada@x',
      'bob@x',
    ]);
    expect(await emails({ where: { not: { age: 20 } } })).toEqual(['ada@x', 'cyd@x', 'ÉVE@x']);
    expect(await emails({ where: { or: [] } })).toEqual([]);
    expect(await emails({ where: {} })).toHaveLength(5);
  });

  test('takes text as it is: % and _ mean themselves, case counts unless it is asked not to', async () => {
    expect(await emails({ where: { nickname: { contains: '%' } } })).toEqual(['cyd@x']);
    expect(await emails({ where: { nickname: { contains: '_' } } })).toEqual(['dan@x']);
    expect(await emails({ where: { nickname: { startsWith: 'ad' } } })).toEqual([]);
    expect(await emails({ where: { nickname: { endsWith: 'da' } } })).toEqual(['ada@x']);
    expect(await emails({ where: { nickname: { ilike: 'AD%' } } })).toEqual(['ada@x']);
    expect(await emails({ where: { nickname: { like: 'A__' } } })).toEqual(['ada@x']);
  });

  test('searches in the named fields without regard to case', async () => {
    const found = async (text: string): Promise<string[]> =>
      (await repository.search(text, { fields: ['email', 'nickname'], order: ['email'] })).map(({ email }) => email);

    expect(await found('AD')).toEqual(['ada@x']);
    expect(await found('éve')).toEqual(['ÉVE@x']);
    expect(await found('0%')).toEqual(['cyd@x']);
    expect(await found('%')).toEqual(['cyd@x']);
    await expect(repository.search('a', { fields: ['nope' as 'email'] })).rejects.toMatchObject({
      code: 'FIELD_UNKNOWN',
    });
    await expect(repository.search('a', { fields: [] })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
  });

  test('orders with nulls last going up and first going down, limits and offsets', async () => {
    expect(await emails({ order: ['age', 'email'] })).toEqual(['bob@x', 'dan@x', 'ada@x', 'ÉVE@x', 'cyd@x']);
    expect(await emails({ order: ['-age', 'email'] })).toEqual(['cyd@x', 'ÉVE@x', 'ada@x', 'bob@x', 'dan@x']);
    expect(await emails({ order: ['-balance'], limit: 2 })).toEqual(['ada@x', 'bob@x']);
    expect(await emails({ order: ['email'], limit: 2, offset: 2 })).toEqual(['cyd@x', 'dan@x']);
  });

  test('counts, also past the end, and tells whether rows exist', async () => {
    expect(await repository.count()).toBe(5);
    expect(await repository.count({ age: 20 })).toBe(2);
    expect(await repository.count({ age: 99 })).toBe(0);
    expect(await repository.exists({ age: 20 })).toBe(true);
    expect(await repository.exists({ age: 99 })).toBe(false);
  });

  test('pages both ways without losing or repeating a row, nulls and microseconds included', async () => {
    for (const order of [
      ['age'],
      ['-age'],
      ['seenAt', '-email'],
      ['-visits'],
      ['balance', 'age'],
      ['-id', 'age'],
      ['id', '-age'],
      [],
    ] as const) {
      const all = (await repository.list({ order: [...order, 'id'] })).map(({ email }) => email);
      const forward: string[] = [];
      let page = await repository.page({ order, limit: 2 });
      expect(page.previous).toBeUndefined();
      forward.push(...page.rows.map(({ email }) => email));
      while (page.next !== undefined) {
        page = await repository.page({ order, limit: 2, after: page.next });
        forward.push(...page.rows.map(({ email }) => email));
      }
      const backward = page.rows.map(({ email }) => email);
      while (page.previous !== undefined) {
        page = await repository.page({ order, limit: 2, before: page.previous });
        backward.unshift(...page.rows.map(({ email }) => email));
      }
      expect(forward).toEqual(all);
      expect(backward).toEqual(all);
    }
  });

  test('pages back and forth over the same places, whatever comes and goes meanwhile', async () => {
    const where = { email: { startsWith: 'page-' } };
    const read = async (at: { after?: string | undefined; before?: string | undefined }) => {
      const page = await repository.page({ where, order: ['email'], limit: 2, ...at });
      return { ...page, emails: page.rows.map(({ email }) => email) };
    };
    await repository.insertMany(['page-1', 'page-2', 'page-4', 'page-5'].map((email) => ({ email })));
    const first = await read({});
    const second = await read({ after: first.next });

    await repository.insert({ email: 'page-3' });
    const back = await read({ before: second.previous });
    expect(back.emails).toEqual(['page-1', 'page-2']);
    expect((await read({ after: back.next })).emails).toEqual(['page-3', 'page-4']);

    await repository.deleteWhere({ email: { in: ['page-3', 'page-4', 'page-5'] } });
    const empty = await read({ after: first.next });
    expect(empty.emails).toEqual([]);
    expect((await read({ before: empty.previous })).emails).toEqual(['page-1', 'page-2']);
    await repository.deleteWhere(where);
  });

  test('refuses a cursor that was changed or belongs to another read', async () => {
    const { next = '' } = await repository.page({ order: ['age'], limit: 1 });

    for (const bad of [`${next}x`, `x${next}`, 'x', '', '~', `~~${next}`, next.replace('.', '..')]) {
      await expect(repository.page({ order: ['age'], limit: 1, after: bad })).rejects.toMatchObject({
        code: 'CURSOR_INVALID',
      });
    }
    await expect(repository.page({ order: ['-age'], after: next })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await expect(repository.page({ order: ['age'], where: { age: 20 }, after: next })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });

  test('refuses what cannot be: fields, operators, values, nulls', async () => {
    const refusal = async (where: object): Promise<unknown> =>
      await repository.list({ where: where as never }).catch((error: unknown) => (error as { code: string }).code);

    expect(await refusal({ nope: 1 })).toBe('FIELD_UNKNOWN');
    expect(await refusal({ age: { near: 1 } })).toBe('OPERATOR_UNKNOWN');
    expect(await refusal({ age: undefined })).toBe('FILTER_INVALID');
    expect(await refusal({ age: { gt: null } })).toBe('FILTER_INVALID');
    expect(await refusal({ email: null })).toBe('FILTER_INVALID');
    expect(await refusal({ age: 'old' })).toBe('VALUE_INVALID');
    expect(await refusal({ age: { contains: '2' } })).toBe('FILTER_INVALID');
    expect(await refusal({ profile: { eq: {} } })).toBe('FILTER_INVALID');
    expect(await refusal({ or: { age: 1 } })).toBe('FILTER_INVALID');
    await expect(repository.list({ order: ['nope' as 'age'] })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
    await expect(repository.list({ order: ['profile'] })).rejects.toMatchObject({ code: 'ORDER_INVALID' });
    await expect(repository.list({ limit: -1 })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
  });

  test('finds rows by a composite key', async () => {
    const chairs = database.repository(seats);
    await chairs.insert({ row: 1, place: 2, holder: 'Ada' });

    expect(await chairs.get({ row: 1, place: 2 })).toEqual({ row: 1, place: 2, holder: 'Ada' });
    await expect(chairs.get({ row: 1 })).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    await expect(chairs.get({ row: 1, place: 2, more: 3 })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
    await expect(chairs.get(1)).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });
});
