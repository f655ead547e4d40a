import { expect, test } from 'vitest';
import { integer, sql, table, tenant, text } from '../../../src/index.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';

const notes = table('note', { id: integer().primaryKey(), line: text({ max: 40 }) });
const papers = table('paper', { id: integer().primaryKey(), line: text({ max: 40 }), ...tenant(integer()) });
const desk = { notes, papers };
const failure = new Error('the work fails at its end');

describeEachServer('what is called on the database inside a transaction', (server) => {
  test('takes part in it, whoever calls', async () => {
    await using database = await openSchema(server, desk);
    const rows = database.repository(notes);
    const service = tableService(notes, { events: async () => await log('event') }).on(database);
    const log = async (line: string): Promise<void> => {
      await database.repository(notes).insert({ id: 100, line });
    };
    const seen: unknown[] = [];

    const work = database.transaction(async (tx) => {
      await tx.repository(notes).insert({ id: 1, line: 'by the transaction' });
      await rows.insert({ id: 2, line: 'by a repository' });
      await rows.upsert({ id: 2, line: 'changed' }, { match: ['id'] });
      await service.create({ id: 3, line: 'by a service' });
      await database.execute(sql`insert into note (id, line) values (4, 'by hand')`);
      await database.transaction(async () => await rows.insert({ id: 5, line: 'in a transaction in it' }));
      await Promise.all([6, 7].map(async (id) => await rows.insert({ id, line: 'side by side' })));
      expect(await rows.lock(4)).toMatchObject({ line: 'by hand' });
      for await (const row of rows.stream({ order: ['id'] })) seen.push(row.id);
      throw failure;
    });

    await expect(work).rejects.toBe(failure);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 100]);
    expect(await rows.count()).toBe(0);
  });

  test('sees what it has written, through sessions that read too', async () => {
    await using database = await openSchema(server, desk);
    const rows = database.repository(notes);
    const token = await database.token();

    const seen = await database.transaction(async () => {
      await rows.insert({ id: 1, line: 'of the transaction' });
      return [
        await database.read.repository(notes).count(),
        await database.read.after(token).repository(notes).count(),
        await database.session().repository(notes).count(),
        await database.read.transaction(async () => await rows.count(), { readOnly: true }),
        await database.outside(async () => await database.read.repository(notes).count()),
      ];
    });

    expect(seen).toEqual([1, 1, 1, 1, 0]);
  });

  test('is committed with it', async () => {
    await using database = await openSchema(server, desk);
    const rows = database.repository(notes);
    const counted: number[] = [];

    await database.transaction(async (tx) => {
      tx.afterCommit(async () => void counted.push(await rows.count()));
      const undone = database.transaction(async () => {
        await rows.insert({ id: 1, line: 'undone' });
        throw failure;
      });
      await expect(undone).rejects.toBe(failure);
      await rows.insert({ id: 2, line: 'kept' });
    });

    expect((await rows.list()).map(({ line }) => line)).toEqual(['kept']);
    expect(counted).toEqual([1]);
  });

  test('is refused once it is over', async () => {
    await using database = await openSchema(server, desk);
    const rows = database.repository(notes);
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    let late: Promise<unknown> = Promise.resolve();

    await database.transaction(async () => {
      late = isOver.then(async () => await rows.insert({ id: 1, line: 'late' }));
      late.catch(() => undefined);
      await rows.insert({ id: 2, line: 'in time' });
    });
    end();

    await expect(late).rejects.toMatchObject({ code: 'TRANSACTION_CLOSED' });
    expect((await rows.list()).map(({ id }) => id)).toEqual([2]);
  });

  test('is never committed when its time was up', async () => {
    await using database = await openSchema(server, desk);
    const rows = database.repository(notes);
    const deadline = new AbortController();
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    let late: Promise<unknown> = Promise.resolve();

    const work = database.transaction(
      async () => {
        await rows.insert({ id: 1, line: 'in time' });
        late = isOver.then(async () => await rows.insert({ id: 2, line: 'late' }));
        late.catch(() => undefined);
        deadline.abort(new DOMException('the time is up', 'TimeoutError'));
        await late;
      },
      { signal: deadline.signal },
    );

    await expect(work).rejects.toMatchObject({ code: 'TRANSACTION_TIMEOUT' });
    end();
    await expect(late).rejects.toMatchObject({ code: 'TRANSACTION_CLOSED' });
    expect(await rows.count()).toBe(0);
  });

  test('takes no part when it is told so, or belongs to another database', async () => {
    await using database = await openSchema(server, desk);
    await using other = await openSchema(server, desk);
    const rows = database.repository(notes);

    const work = database.transaction(async () => {
      await rows.insert({ id: 1, line: 'inside' });
      await other.repository(notes).insert({ id: 1, line: 'elsewhere' });
      expect(await database.outside(async () => await rows.count())).toBe(0);
      expect(await rows.count()).toBe(1);
      throw failure;
    });

    await expect(work).rejects.toBe(failure);
    expect(await rows.count()).toBe(0);
    expect(await other.repository(notes).count()).toBe(1);
  });

  test('stays among the rows that the transaction is about', async () => {
    await using database = await openSchema(server, desk);
    const [ours, theirs] = [database.forTenant(1), database.forTenant(2)];

    await ours.transaction(async () => {
      await ours.repository(papers).insert({ id: 1, line: 'ours' } as never);
      await database.repository(papers).insert({ id: 2, line: 'ours, too' } as never);
      await expect(theirs.repository(papers).count()).rejects.toMatchObject({ code: 'TENANT_MISMATCH' });
      await expect(database.unscoped('test').repository(papers).count()).rejects.toMatchObject({
        code: 'TENANT_MISMATCH',
      });
      await expect(theirs.read.repository(papers).count()).rejects.toMatchObject({ code: 'TENANT_MISMATCH' });
      expect(await ours.read.repository(papers).count()).toBe(2);
      expect(await database.outside(async () => await theirs.repository(papers).count())).toBe(0);
    });

    expect(await ours.repository(papers).count()).toBe(2);
    expect(await theirs.repository(papers).count()).toBe(0);
  });
});

describeServers(
  ['postgresql', 'mysql', 'mariadb'],
  'what is written outside of a transaction from inside it',
  (server) => {
    test('lasts though the transaction fails', async () => {
      await using database = await openSchema(server, desk);
      const rows = database.repository(notes);

      const work = database.transaction(async () => {
        await rows.insert({ id: 1, line: 'undone' });
        await database.outside(async () => await rows.insert({ id: 2, line: 'the attempt' }));
        throw failure;
      });

      await expect(work).rejects.toBe(failure);
      expect((await rows.list()).map(({ line }) => line)).toEqual(['the attempt']);
    });
  },
);
