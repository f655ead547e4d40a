import { expect } from 'vitest';
import { emailsOf, fill, nobody, type Cases, type Verb } from './place.ts';

type WriteVerb = Extract<
  Verb,
  | 'insert'
  | 'insertMany'
  | `update${'' | 'Where'}`
  | `upsert${'' | 'Many'}`
  | 'getOrCreate'
  | `delete${'' | 'Where'}`
  | 'softDelete'
  | 'restore'
  | `purge${'' | 'Where'}`
>;

const missing = { code: 'ROW_NOT_FOUND' };
const all = { withDeleted: true };

export const writeCases: Readonly<Record<WriteVerb, Cases>> = {
  insert: {
    'gives the row with its defaults from code and database': async ({ people }) => {
      const row = await people.insert({ email: 'ada@x', visits: 9_007_199_254_740_993n });
      expect(row).toMatchObject({ visits: 9_007_199_254_740_993n, balance: '0.00', mood: 'ok', deletedAt: null });
      expect(await people.get(row.id)).toEqual(row);
    },
    'refuses a second row of the same unique value': async (place) => {
      await fill(place);
      await expect(place.people.insert({ email: 'ada@x' })).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    },
  },
  insertMany: {
    'inserts all or none': async (place) => {
      await fill(place);
      const rows = Array.from({ length: 1_500 }, (_, age) => ({ email: `p${age}@x`, age }));
      expect(await place.people.insertMany(rows)).toBe(1_500);
      const twice = rows.map(({ email }, at) => ({ email: at === 1_400 ? 'ada@x' : `q${email}` }));
      await expect(place.people.insertMany(twice)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
      expect(await place.people.count()).toBe(1_504);
    },
  },
  update: {
    'changes only the given properties': async (place) => {
      await fill(place);
      const ada = await place.people.getBy({ email: 'ada@x' });
      const changed = await place.people.update(ada.id, { nickname: null });
      expect(changed).toEqual({ ...ada, nickname: null, updatedAt: changed.updatedAt });
      await expect(place.people.update(nobody, { age: 1 })).rejects.toMatchObject(missing);
    },
  },
  updateWhere: {
    'needs a predicate, and the expected number of rows': async (place) => {
      await fill(place);
      await expect(place.people.updateWhere({}, { age: 1 })).rejects.toMatchObject({ code: 'PREDICATE_REQUIRED' });
      await expect(place.people.updateWhere({ age: 10 }, { age: 1 }, { expected: 2 })).rejects.toMatchObject({
        code: 'ROW_COUNT_UNEXPECTED',
      });
      expect(await place.people.updateWhere('all', { age: 7 })).toBe(4);
      expect(await place.people.count({ age: 7 })).toBe(4);
    },
  },
  upsert: {
    'inserts once and changes then; of 50 callers at once one inserts': async ({ people }) => {
      const upsert = async (age: number): Promise<boolean> =>
        (await people.upsert({ email: 'ada@x', age }, { match: ['email'] })).created;
      const created = await Promise.all(Array.from({ length: 50 }, async (_, age) => await upsert(age)));
      expect(created.filter(Boolean)).toHaveLength(1);
      expect(await people.count()).toBe(1);
    },
  },
  upsertMany: {
    'counts the last of rows with one key': async (place) => {
      await fill(place);
      const rows = [1, 2].map((age) => ({ email: 'ada@x', age }));
      expect(await place.people.upsertMany([...rows, { email: 'new@x', age: 3 }], { match: ['email'] })).toBe(2);
      expect((await place.people.getBy({ email: 'ada@x' })).age).toBe(2);
      expect(await place.people.count()).toBe(5);
    },
  },
  getOrCreate: {
    'gives the row as it is, or inserts it': async (place) => {
      await fill(place);
      const { row, created } = await place.people.getOrCreate({ email: 'ada@x', age: 99 }, { match: ['email'] });
      expect([row.age, created]).toEqual([10, false]);
      expect((await place.people.getOrCreate({ email: 'new@x' }, { match: ['email'] })).created).toBe(true);
    },
  },
  delete: {
    'deletes once': async (place) => {
      await fill(place);
      const { id } = await place.people.getBy({ email: 'ada@x' });
      await place.people.delete(id);
      expect(await place.people.find(id)).toBeUndefined();
      await expect(place.people.delete(id)).rejects.toMatchObject(missing);
    },
  },
  deleteWhere: {
    'needs a predicate, and the expected number of rows': async (place) => {
      await fill(place);
      await expect(place.people.deleteWhere({})).rejects.toMatchObject({ code: 'PREDICATE_REQUIRED' });
      await expect(place.people.deleteWhere({ age: { gte: 20 } }, { expected: 3 })).rejects.toMatchObject({
        code: 'ROW_COUNT_UNEXPECTED',
      });
      expect(await place.people.deleteWhere({ age: { gte: 20 } }, { expected: 2 })).toBe(2);
      expect(emailsOf(await place.people.list({ order: ['email'] }))).toEqual(['ada@x', 'eve@x']);
    },
  },
  softDelete: {
    'keeps the row, marked': async (place) => {
      await fill(place);
      const { id } = await place.people.getBy({ email: 'ada@x' });
      await place.people.softDelete(id);
      expect((await place.people.get(id, all)).deletedAt).toBeInstanceOf(Date);
    },
  },
  restore: {
    'brings a marked row back, and no other': async (place) => {
      await fill(place);
      const dan = await place.people.findBy({ email: 'dan@x' }, all);
      expect((await place.people.restore(dan!.id)).deletedAt).toBeNull();
      await expect(place.people.restore(dan!.id)).rejects.toMatchObject(missing);
    },
  },
  purge: {
    'deletes a marked row for good, and no living one': async (place) => {
      await fill(place);
      const dan = await place.people.findBy({ email: 'dan@x' }, all);
      const ada = await place.people.getBy({ email: 'ada@x' });
      await place.people.purge(dan!.id);
      await expect(place.people.purge(ada.id)).rejects.toMatchObject(missing);
      expect(await place.people.count(undefined, all)).toBe(4);
    },
  },
  purgeWhere: {
    'deletes marked rows for good': async (place) => {
      await fill(place);
      await expect(place.people.purgeWhere({})).rejects.toMatchObject({ code: 'PREDICATE_REQUIRED' });
      expect(await place.people.purgeWhere({ age: { gt: 0 } })).toBe(1);
      expect(await place.people.count(undefined, all)).toBe(4);
    },
  },
};
