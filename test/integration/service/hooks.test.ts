import { expect, test } from 'vitest';
import type { Session } from '../../../src/index.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { tableService, type TableService } from '../../../src/repository/service/table-service.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { guests, history, hotel } from './guests.ts';

const note = async (session: Session, line: string): Promise<void> => {
  await createRepository(history, session).insert({ line });
};
const lines = async (session: Session): Promise<readonly string[]> =>
  (await createRepository(history, session).list({ order: ['id'] })).map(({ line }) => line);

const noted = tableService(guests, {
  makes: ['badge'],
  beforeRead: async ({ verb }, { transaction }) => await note(transaction, `before ${verb}`),
  afterRead: (row) => ({ ...row, badge: '***' }),
  async beforeCreate(input, { transaction }) {
    await note(transaction, `before create ${input.email}`);
    return { ...input, badge: `badge of ${input.email}` };
  },
  afterCreate: async (row, { transaction }) => await note(transaction, `after create ${row.email}`),
  async beforeUpdate(change, { transaction }) {
    await note(transaction, 'before update');
    return change;
  },
  afterUpdate: async (row, { transaction }) => await note(transaction, `after update ${row.email}`),
  beforeDelete: async (_key, { transaction }) => await note(transaction, 'before delete'),
  afterDelete: async (_key, { transaction }) => await note(transaction, 'after delete'),
  beforeRestore: async (_key, { transaction }) => await note(transaction, 'before restore'),
  afterRestore: async (row, { transaction }) => await note(transaction, `after restore ${row.email}`),
});

describeEachServer('the hooks of a service', (server) => {
  test('surround every write, in its order', async () => {
    await using database = await openSchema(server, hotel);
    const service = noted.on(database);

    const { id } = await service.create({ email: 'a@x' });
    await service.update(id, { name: 'Ada' });
    await service.delete(id);
    await service.restore(id);

    expect(await lines(database)).toEqual([
      'before create a@x',
      'after create a@x',
      'before update',
      'after update a@x',
      'before delete',
      'after delete',
      'before restore',
      'after restore a@x',
    ]);
    expect(await database.repository(guests).get(id)).toMatchObject({ name: 'Ada', badge: 'badge of a@x' });
  });

  test('surround every read, and say what the caller sees', async () => {
    await using database = await openSchema(server, hotel);
    const { id } = await database.repository(guests).insert({ email: 'a@x', badge: 'gold' });
    const service = noted.on(database);

    const seen = [
      await service.get(id),
      await service.find(id),
      ...(await service.list()),
      ...(await service.page()).rows,
      ...(await service.search('a@', { fields: ['email'] })),
    ];
    expect(await service.count({ email: 'a@x' })).toBe(1);
    expect(await service.exists({ email: 'b@x' })).toBe(false);
    expect(await service.find('00000000-0000-7000-8000-000000000000')).toBeUndefined();

    expect(seen.map((row) => row?.badge)).toEqual(['***', '***', '***', '***', '***']);
    expect(await lines(database)).toEqual(
      ['get', 'find', 'list', 'page', 'search', 'count', 'exists', 'find'].map((verb) => `before ${verb}`),
    );
  });

  test('are run for upserts and for each row of many', async () => {
    await using database = await openSchema(server, hotel);
    const service = noted.on(database);

    expect(await service.createMany([{ email: 'a@x' }, { email: 'b@x' }])).toBe(2);
    const again = await service.upsert({ email: 'a@x', name: 'Ada' }, { match: ['email'] });
    const fresh = await service.upsert({ email: 'c@x' }, { match: ['email'] });

    expect([again.created, again.row.name, fresh.created]).toEqual([false, 'Ada', true]);
    expect(await lines(database)).toEqual([
      'before create a@x',
      'before create b@x',
      'after create a@x',
      'after create b@x',
      'before create a@x',
      'after update a@x',
      'before create c@x',
      'after create c@x',
    ]);
  });

  test('take what they wrote with them when one of them throws', async () => {
    await using database = await openSchema(server, hotel);
    const { id } = await database.repository(guests).insert({ email: 'a@x', badge: 'gold' });
    const before = await database.repository(guests).get(id);
    const refusing = tableService(guests, {
      beforeRead: async (_read, { transaction }) => {
        await note(transaction, 'read');
        throw new Error('no');
      },
      afterCreate: refuse,
      afterUpdate: refuse,
      afterDelete: refuse,
      events: refuse,
    });

    await allRefused(refusing, database, id);

    expect(await database.repository(guests).list()).toEqual([before]);
    expect(await lines(database)).toEqual([]);
  });

  test('run in the transaction of the caller', async () => {
    await using database = await openSchema(server, hotel);

    const undone = database.transaction(async (transaction) => {
      await noted.on(transaction).create({ email: 'a@x' });
      throw new Error('the caller changes its mind');
    });

    await expect(undone).rejects.toThrow('changes its mind');
    expect(await database.repository(guests).count()).toBe(0);
    expect(await lines(database)).toEqual([]);
  });
});

async function refuse(_what: unknown, { transaction }: { readonly transaction: Session }): Promise<void> {
  await note(transaction, 'written in vain');
  throw new Error('no');
}

async function allRefused<Row, Input, Change>(
  service: TableService<Row, Input, Change>,
  session: Session,
  key: string,
): Promise<void> {
  const rows = service.on(session);
  const input = { email: 'b@x', badge: 'gold' } as Input;
  const calls = [
    async () => await rows.get(key),
    async () => await rows.create(input),
    async () => await rows.createMany([input]),
    async () => await rows.upsert(input, { match: ['email' as Extract<keyof Row, string>] }),
    async () => await rows.update(key, { name: 'Ada' } as Change),
    async () => await rows.delete(key),
  ];
  for (const call of calls) await expect(call()).rejects.toThrow('no');
}
