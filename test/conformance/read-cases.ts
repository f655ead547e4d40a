import { expect } from 'vitest';
import { statementsOf } from '../integration/include/count-statements.ts';
import { people } from '../integration/repository/shop.ts';
import { emailsOf, fill, nobody, type Cases, type Verb } from './place.ts';

type ReadVerb = Extract<
  Verb,
  | `get${'' | 'By' | 'Many'}`
  | `find${'' | 'By' | 'Many'}`
  | 'coalesced'
  | 'list'
  | 'listAndCount'
  | 'page'
  | 'count'
  | 'estimateCount'
  | 'exists'
  | 'search'
  | 'aggregate'
  | 'stream'
  | 'lock'
  | 'lockList'
>;

const missing = { code: 'ROW_NOT_FOUND' };

export const readCases: Readonly<Record<ReadVerb, Cases>> = {
  get: {
    'gives the row of a key, and refuses when there is none': async (place) => {
      await fill(place);
      const ada = await place.people.getBy({ email: 'ada@x' });
      expect(await place.people.get(ada.id)).toEqual(ada);
      await expect(place.people.get(nobody)).rejects.toMatchObject(missing);
    },
    'leaves out a soft-deleted row unless it is asked for': async (place) => {
      await fill(place);
      const [dan] = await place.people.list({ where: { email: 'dan@x' }, withDeleted: true });
      await expect(place.people.get(dan!.id)).rejects.toMatchObject(missing);
      expect(await place.people.get(dan!.id, { withDeleted: true })).toEqual(dan);
    },
    'refuses a key that is no key': async ({ people: repository }) => {
      await expect(repository.get('no uuid')).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    },
  },
  find: {
    'gives undefined where get refuses': async (place) => {
      await fill(place);
      expect(await place.people.find(nobody)).toBeUndefined();
      const ada = await place.people.getBy({ email: 'ada@x' });
      expect(await place.people.find(ada.id)).toEqual(ada);
    },
  },
  getBy: {
    'gives the one row of a filter, the first by key of several': async (place) => {
      await fill(place);
      expect((await place.people.getBy({ age: 20 })).email).toBe('bob@x');
      const [first] = await place.people.list({ order: ['id'] });
      expect(await place.people.getBy({})).toEqual(first);
      await expect(place.people.getBy({ age: 99 })).rejects.toMatchObject(missing);
    },
  },
  findBy: {
    'gives undefined where getBy refuses': async (place) => {
      await fill(place);
      expect(await place.people.findBy({ email: 'dan@x' })).toBeUndefined();
      expect((await place.people.findBy({ email: 'dan@x' }, { withDeleted: true }))?.age).toBe(40);
    },
  },
  getMany: {
    'gives rows in the order of the keys and refuses when one is missing': async (place) => {
      await fill(place);
      const [ada, bob] = await place.people.list({ order: ['email'] });
      expect(await place.people.getMany([bob!.id, ada!.id, bob!.id])).toEqual([bob, ada, bob]);
      await expect(place.people.getMany([ada!.id, nobody])).rejects.toMatchObject(missing);
    },
  },
  findMany: {
    'leaves undefined in the place of a missing row': async (place) => {
      await fill(place);
      const ada = await place.people.getBy({ email: 'ada@x' });
      expect(await place.people.findMany([nobody, ada.id])).toEqual([undefined, ada]);
    },
  },
  coalesced: {
    'makes one statement of the gets of a moment': async (place) => {
      await fill(place);
      const [ada, bob] = await place.people.list({ order: ['email'] });
      const reads = place.people.coalesced();
      let found: unknown;
      const statements = await statementsOf(place.database, async () => {
        found = await Promise.all([reads.get(bob!.id), reads.get(ada!.id), reads.get(bob!.id)]);
      });
      expect(found).toEqual([bob, ada, bob]);
      expect(statements).toHaveLength(1);
    },
  },
  list: {
    'orders with null last, takes a window': async (place) => {
      await fill(place);
      expect(emailsOf(await place.people.list({ order: ['-age'], limit: 2, offset: 1 }))).toEqual(['cyd@x', 'bob@x']);
      expect(emailsOf(await place.people.list({ order: ['age'] })).at(-1)).toBe('eve@x');
    },
    'finds nothing in an empty list, and refuses what it does not know': async (place) => {
      await fill(place);
      expect(await place.people.list({ where: { age: { in: [] } } })).toEqual([]);
      await expect(place.people.list({ where: { nope: 1 } as object })).rejects.toMatchObject({
        code: 'FIELD_UNKNOWN',
      });
      await expect(place.people.list({ where: { age: undefined } as object })).rejects.toMatchObject({
        code: 'FILTER_INVALID',
      });
    },
  },
  listAndCount: {
    'gives a window and the number of all': async (place) => {
      await fill(place);
      const { rows, total } = await place.people.listAndCount({ order: ['email'], limit: 1, offset: 1 });
      expect([emailsOf(rows), total]).toEqual([['bob@x'], 4]);
    },
  },
  page: {
    'leads through all rows and back, nulls included': async (place) => {
      await fill(place);
      const first = await place.people.page({ order: ['-age'], limit: 3 });
      const second = await place.people.page({ order: ['-age'], limit: 3, after: first.next });
      const back = await place.people.page({ order: ['-age'], limit: 3, before: second.previous });
      expect(emailsOf([...first.rows, ...second.rows])).toEqual(['eve@x', 'cyd@x', 'bob@x', 'ada@x']);
      expect(back.rows).toEqual(first.rows);
      expect([first.previous, second.next]).toEqual([undefined, undefined]);
    },
    'refuses a cursor that is not ours': async (place) => {
      await fill(place);
      const { next } = await place.people.page({ limit: 1 });
      await expect(place.people.page({ limit: 1, after: `${next}x` })).rejects.toMatchObject({
        code: 'CURSOR_INVALID',
      });
    },
  },
  count: {
    'counts what a filter finds, soft-deleted rows when asked': async (place) => {
      await fill(place);
      expect(await place.people.count()).toBe(4);
      expect(await place.people.count({ age: { gte: 20 } })).toBe(2);
      expect(await place.people.count(undefined, { withDeleted: true })).toBe(5);
    },
  },
  estimateCount: {
    'counts what is expected to be few': async (place) => {
      await fill(place);
      const many = { exactUpTo: 1_000_000 };
      expect(await place.people.estimateCount({}, many)).toEqual({ count: 4, isExact: true });
      expect(await place.people.estimateCount({ age: { gte: 20 } }, many)).toEqual({ count: 2, isExact: true });
      expect(await place.people.estimateCount({}, { ...many, withDeleted: true })).toMatchObject({ count: 5 });
    },
    'refuses a bound that is no number of rows': async ({ people: repository }) => {
      await expect(repository.estimateCount({}, { exactUpTo: -1 })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    },
  },
  exists: {
    'tells whether a filter finds a row': async (place) => {
      await fill(place);
      expect(await place.people.exists({ age: 10 })).toBe(true);
      expect(await place.people.exists({ age: 40 })).toBe(false);
      expect(await place.people.exists({ age: 40 }, { withDeleted: true })).toBe(true);
    },
  },
  search: {
    'finds text in the fields without regard to case': async (place) => {
      await fill(place);
      expect(emailsOf(await place.people.search('AD', { fields: ['nickname'] }))).toEqual(['ada@x']);
      expect(await place.people.search('%', { fields: ['nickname'] })).toEqual([]);
    },
  },
  aggregate: {
    'computes over groups': async (place) => {
      await fill(place);
      const options = { groupBy: ['active'], count: true, sum: ['age', 'visits'], max: ['email'] } as const;
      expect(await place.people.aggregate(options)).toEqual([
        { active: true, count: 4, sum: { age: 60, visits: 0n }, max: { email: 'eve@x' } },
      ]);
    },
  },
  stream: {
    'gives rows one after the other': async (place) => {
      await fill(place);
      const found: { readonly email: string }[] = [];
      for await (const row of place.people.stream({ order: ['email'], batchRows: 2 })) found.push(row);
      expect(emailsOf(found)).toEqual(['ada@x', 'bob@x', 'cyd@x', 'eve@x']);
    },
  },
  lock: {
    'gives a row to its transaction, and needs one': async (place) => {
      await fill(place);
      const { id } = await place.people.getBy({ email: 'ada@x' });
      const locked = await place.database.transaction(async (tx) => await tx.repository(people).lock(id));
      expect(locked.email).toBe('ada@x');
      await expect(place.people.lock(id)).rejects.toMatchObject({ code: 'TRANSACTION_REQUIRED' });
    },
  },
  lockList: {
    'gives rows to its transaction': async (place) => {
      await fill(place);
      const options = { order: ['email'], limit: 2, whenLocked: 'skip' } as const;
      const locked = await place.database.transaction(async (tx) => await tx.repository(people).lockList(options));
      expect(emailsOf(locked)).toEqual(['ada@x', 'bob@x']);
    },
  },
};
