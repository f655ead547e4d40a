import { expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import type { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { people, shop } from './shop.ts';

/** What a call was refused with; of a call that took place what it gave. */
async function refusal(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    const { code, message, hint } = error as RowhouseError;
    return { code, message, hint };
  }
}

/** Calls with an option that is not there, by the sentence that each is refused with. */
function mistyped(database: ServiceDatabase): Readonly<Record<string, () => Promise<unknown>>> {
  const rows = database.repository(people);
  const ada = { email: 'ada@x' };
  // A variable passes where a literal would not compile: with other members beside it, or from JavaScript.
  const wrong = (options: object): never => options as never;
  return {
    'list has no option wher': async () => await rows.list(wrong({ wher: ada, limit: 5 })),
    'listAndCount has no option ordr': async () => await rows.listAndCount(wrong({ ordr: ['email'] })),
    'page has no option aftr': async () => await rows.page(wrong({ aftr: 'x' })),
    'page has no option offset': async () => await rows.page(wrong({ limit: 5, offset: 5 })),
    'get has no option includ': async () => await rows.get('x', wrong({ includ: {} })),
    'find has no option includ': async () => await rows.find('x', wrong({ includ: {} })),
    'getMany has no option withDeletd': async () => await rows.getMany(['x'], wrong({ withDeletd: true })),
    'findMany has no option withDeletd': async () => await rows.findMany([], wrong({ withDeletd: true })),
    'getBy has no option withDeletd': async () => await rows.getBy(ada, wrong({ withDeletd: true })),
    'findBy has no option withDeletd': async () => await rows.findBy(ada, wrong({ withDeletd: true })),
    'count has no option withDeletd': async () => await rows.count(ada, wrong({ withDeletd: true })),
    'exists has no option withDeletd': async () => await rows.exists(ada, wrong({ withDeletd: true })),
    'estimateCount has no option exactUpto': async () => await rows.estimateCount(ada, wrong({ exactUpto: 5 })),
    'coalesced read has no option include': async () => await rows.coalesced().find('x', wrong({ include: {} })),
    'aggregate has no option grupBy': async () => await rows.aggregate(wrong({ count: true, grupBy: ['email'] })),
    'stream has no option wher': async () => await Array.fromAsync(rows.stream(wrong({ wher: ada }))),
    'search has no option field': async () => await rows.search('a', wrong({ field: ['email'] })),
    'lock has no option whenLockd': async () => await rows.lock('x', wrong({ whenLockd: 'fail' })),
    'lockList has no option wher': async () => await rows.lockList(wrong({ wher: ada })),
    'updateWhere has no option expeted': async () => await rows.updateWhere('all', { age: 1 }, wrong({ expeted: 0 })),
    'deleteWhere has no option expeted': async () => await rows.deleteWhere('all', wrong({ expeted: 0 })),
    'purgeWhere has no option expeted': async () => await rows.purgeWhere('all', wrong({ expeted: 0 })),
    'delete has no option versoin': async () => await rows.delete('x', wrong({ versoin: 1 })),
    'softDelete has no option versoin': async () => await rows.softDelete('x', wrong({ versoin: 1 })),
    'upsert has no option mach': async () => await rows.upsert(ada, wrong({ mach: ['email'] })),
    'upsertMany has no option updat': async () =>
      await rows.upsertMany([ada], wrong({ match: ['email'], updat: ['age'] })),
    'getOrCreate has no option update': async () =>
      await rows.getOrCreate(ada, wrong({ match: ['email'], update: ['age'] })),
  };
}

describeEachServer('an option that is not there', (server) => {
  test('is refused by every read and write, before anything takes place', async () => {
    await using place = await schemaDatabase(server, shop);
    const { database } = place;
    await database.repository(people).insert({ email: 'ada@x' });

    const found: Record<string, unknown> = {};
    for (const [sentence, call] of Object.entries(mistyped(database))) found[sentence] = await refusal(call);

    const expected = Object.keys(found).map((sentence): [string, object] => [
      sentence,
      { code: 'FILTER_INVALID', message: `person: ${sentence}`, hint: expect.stringContaining('the options are ') },
    ]);
    expect(found).toEqual(Object.fromEntries(expected));
    expect(await database.repository(people).list()).toMatchObject([{ email: 'ada@x', age: null }]);
  });

  test('comes with the one that was probably meant', async () => {
    await using place = await schemaDatabase(server, shop);
    const { database } = place;

    const near = await refusal(async () => await database.repository(people).delete('x', { versoin: 1 } as never));
    const far = await refusal(async () => await database.repository(people).delete('x', { soft: true } as never));

    expect(near).toMatchObject({ hint: 'did you mean version? the options are version' });
    expect(far).toMatchObject({ hint: 'the options are version' });
  });

  test('is no matter where it says nothing', async () => {
    await using place = await schemaDatabase(server, shop);

    expect(await place.database.repository(people).list({ wher: undefined } as object)).toEqual([]);
  });

  test('is refused by transactions, as is a level of isolation that is not there', async () => {
    await using place = await schemaDatabase(server, shop);
    const { database } = place;
    let starts = 0;
    const work = async (): Promise<void> => void (starts += 1);
    const timed = { timeoutms: 5 } as object;
    const level = { isolation: 'read committed; drop table person' } as object;

    const found = [
      await refusal(async () => await database.transaction(work, timed)),
      await refusal(async () => await database.transaction(async (tx) => await tx.transaction(work, timed))),
      await refusal(async () => await database.begin(timed)),
      await refusal(async () => await database.transaction(work, level)),
      await refusal(async () => await database.transaction(async (tx) => await tx.transaction(work, level))),
      await refusal(async () => await database.begin(level)),
    ];

    const unknown = { code: 'USAGE', message: 'a transaction has no option timeoutms' };
    const noLevel = {
      code: 'USAGE',
      message: 'there is no isolation level read committed; drop table person',
      hint: 'the levels are read-committed, repeatable-read, serializable',
    };
    expect(found).toMatchObject([unknown, unknown, unknown, noLevel, noLevel, noLevel]);
    expect(found[0]).toMatchObject({ hint: expect.stringMatching(/^did you mean timeoutMs\? the options are /) });
    expect(starts).toBe(0);
  });

  test('a page has at least one row', async () => {
    await using place = await schemaDatabase(server, shop);

    for (const limit of [0, -1, 1.5]) {
      await expect(place.database.repository(people).page({ limit })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    }
  });
});
