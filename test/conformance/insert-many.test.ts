import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { lines } from './lines.ts';

type Line = (typeof lines)['$insert'];

describeEachServer('insertMany of 100,000 rows', (server) => {
  let database: ServiceDatabase;

  beforeEach(async () => {
    database = await openSchema(server, { lines });
    return async () => await database.close();
  });

  test('inserts them all from an array', async () => {
    const rows = Array.from({ length: 100_000 }, (_, id): Line => ({ id, words: `line ${id} "ü\\` }));

    expect(await database.repository(lines).insertMany(rows)).toBe(100_000);

    const [all] = await database.repository(lines).aggregate({ count: true, sum: ['id'] });
    expect(all).toEqual({ count: 100_000, sum: { id: 4_999_950_000 } });
    expect((await database.repository(lines).get(99_999)).words).toBe('line 99999 "ü\\');
  });

  test('inserts none when one of the last is refused, from an array and from an iterable', async () => {
    const repository = database.repository(lines);
    const wordsOf = (id: number): string => (id === 4_990 ? 'x'.repeat(61) : 'short');
    async function* wrong(): AsyncGenerator<Line> {
      for (let id = 0; id < 5_000; id += 1) yield { id, words: wordsOf(id) };
    }

    await expect(repository.insertMany(await Array.fromAsync(wrong()))).rejects.toMatchObject({
      code: 'VALUE_INVALID',
    });
    await expect(repository.insertMany(wrong())).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    const twice = Array.from({ length: 5_000 }, (_, id) => ({ id: id === 4_990 ? 0 : id, words: '' }));
    await expect(repository.insertMany(twice)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });

    expect(await repository.count()).toBe(0);
  });

  test('closes an iterable that it leaves, and passes on what the iterable throws', async () => {
    let isClosed = false;
    async function* failing(): AsyncGenerator<Line> {
      try {
        for (let id = 0; id < 5_000; id += 1) yield { id: id % 2_000, words: 'x' };
      } finally {
        isClosed = true;
      }
    }
    async function* throwing(): AsyncGenerator<Line> {
      yield { id: 1, words: 'x' };
      await Promise.reject(new Error('the source broke'));
    }

    await expect(database.repository(lines).insertMany(failing())).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    expect(isClosed).toBe(true);
    await expect(database.repository(lines).insertMany(throwing())).rejects.toThrow('the source broke');
    expect(await database.repository(lines).count()).toBe(0);
  });

  test('joins the transaction that it is called in', async () => {
    async function* some(): AsyncGenerator<Line> {
      for (let id = 0; id < 2_500; id += 1) yield { id, words: '' };
    }

    const undone = database.transaction(async (tx) => {
      expect(await tx.repository(lines).insertMany(some())).toBe(2_500);
      throw new Error('no');
    });

    await expect(undone).rejects.toThrow('no');
    expect(await database.repository(lines).count()).toBe(0);
    expect(await database.repository(lines).insertMany([])).toBe(0);
  });
});
