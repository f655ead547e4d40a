import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import type { OpenTransaction } from '../../../src/database/transaction.ts';
import type { Statement } from '../../../src/driver/connection.ts';
import type { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { sql } from '../../../src/sql/sql.ts';
import { localSettings, schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
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

/** The same on sessions, where several calls have one sentence. */
function mistypedOnSessions(database: ServiceDatabase): readonly (readonly [string, () => Promise<unknown>])[] {
  const add = sql`insert into person (email) values ('eve@x')`;
  const statement: Statement = { sql: 'select 1' };
  const slow = { timeoutms: 5 } as never;
  const wrong = (options: object): never => options as never;
  const work = async (): Promise<never> => await Promise.reject(new Error('the work was begun'));
  const begun = async <T>(call: (transaction: OpenTransaction) => Promise<T>): Promise<T> => {
    await using transaction = await database.begin();
    return await call(transaction);
  };
  return [
    ['a statement has no option timeoutms', async () => await database.execute(add, slow)],
    ['a statement has no option timeoutms', async () => await database.query(add, slow)],
    ['a statement has no option typs', async () => await database.query(add, wrong({ idempotent: true, typs: {} }))],
    ['a statement has no option timeoutms', async () => await database.run(statement, [], slow)],
    ['a statement has no option timeoutms', async () => await database.runAll([[statement, []]], slow)],
    ['a statement has no option timeoutms', async () => await database.read.query(add, slow)],
    ['a statement has no option timeoutms', async () => await database.session().execute(add, slow)],
    [
      'a statement has no option timeoutms',
      async () => await database.pinned(async (one) => await one.query(add, slow)),
    ],
    [
      'a statement has no option timeoutms',
      async () => await database.transaction(async (tx) => await tx.query(add, slow)),
    ],
    ['a statement has no option timeoutms', async () => await begun(async (tx) => await tx.execute(add, slow))],
    [
      'a statement has no option timeoutms',
      async () => await begun(async (tx) => await tx.runAll([[statement, []]], slow)),
    ],
    [
      'a stream has no option batchrows',
      async () => await Array.fromAsync(database.stream(statement, [], wrong({ batchrows: 5 }))),
    ],
    [
      'a stream has no option batchrows',
      async () => await begun(async (tx) => await Array.fromAsync(tx.stream(statement, [], wrong({ batchrows: 5 })))),
    ],
    [
      'a pinned session has no option signl',
      async () => await database.pinned(work, wrong({ signl: AbortSignal.abort() })),
    ],
    ['a session has no option aftr', async () => database.session(wrong({ aftr: 'x' }))],
    ['a session has no option withinms', async () => database.unscoped('test').session(wrong({ withinms: 5 }))],
    ['after has no option withinms', async () => database.read.after(await database.token(), wrong({ withinms: 5 }))],
    ['close has no option withinms', async () => await database.close(wrong({ withinms: 5 }))],
    ['a repository has no option cursorsecret', async () => database.repository(people, wrong({ cursorsecret: 'x' }))],
    [
      'a repository has no option imutable',
      async () => await database.transaction(async (tx) => tx.repository(people, wrong({ imutable: 'ignore' }))),
    ],
  ];
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

  test('is refused by statements, sessions and repositories, and nothing takes place', async () => {
    await using place = await schemaDatabase(server, shop);
    const { database } = place;
    const calls = mistypedOnSessions(database);

    const found: unknown[] = [];
    for (const [, call] of calls) found.push(await refusal(call));

    const hint = expect.stringMatching(/^did you mean \w+\? the options are /) as unknown;
    expect(found).toEqual(calls.map(([message]) => ({ code: 'USAGE', message, hint })));
    expect(await database.repository(people).count()).toBe(0);
  });

  test('is refused where a service is made and where it is connected', async () => {
    await using place = await schemaDatabase(server, shop);
    const wrong = (options: object): never => options as never;

    const found = [
      await refusal(async () => tableService(people, wrong({ beforCreate: () => ({}) }))),
      await refusal(async () => tableService(people, wrong({ validate: { creat: {} } }))),
      await refusal(async () => tableService(people).on(place.database, wrong({ imutable: 'ignore' }))),
      await refusal(async () => await connect({}, localSettings(place.url), wrong({ attemps: 1 }))),
    ];

    expect(found).toMatchObject([
      { message: 'the service of person has no option beforCreate', hint: expect.stringContaining('beforeCreate?') },
      { message: 'validate of the service of person has no option creat', hint: expect.stringContaining('create?') },
      { message: 'a repository has no option imutable', hint: expect.stringContaining('immutable?') },
      { message: 'connect has no option attemps', hint: expect.stringContaining('attempts?') },
    ]);
  });

  test('a page has at least one row', async () => {
    await using place = await schemaDatabase(server, shop);

    for (const limit of [0, -1, 1.5]) {
      await expect(place.database.repository(people).page({ limit })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    }
  });
});
