import { expect, test } from 'vitest';
import type { RowChange } from '../../../src/repository/service/service-hooks.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { guests, history, hotel } from './guests.ts';

type Guest = (typeof guests)['$row'];

describeEachServer('the events of a service', (server) => {
  test('say what each write changed', async () => {
    await using database = await openSchema(server, hotel);
    const told: RowChange<Guest>[] = [];
    const rows = tableService(guests, { events: (change) => void told.push(change) }).on(database);

    const created = await rows.create({ email: 'a@x', badge: 'gold' });
    const updated = await rows.update(created.id, { name: 'Ada', visits: 1 });
    const upserted = await rows.upsert({ email: 'a@x', badge: 'iron' }, { match: ['email'] });
    await rows.delete(created.id);
    const restored = await rows.restore(created.id);
    await rows.createMany([
      { email: 'b@x', badge: 'tin' },
      { email: 'c@x', badge: 'tin' },
    ]);

    expect(told).toEqual([
      { kind: 'created', row: created },
      { kind: 'updated', before: created, row: updated, fields: ['name', 'visits'] },
      { kind: 'updated', before: undefined, row: upserted.row, fields: ['badge'] },
      { kind: 'deleted', before: upserted.row },
      { kind: 'restored', row: restored },
      { kind: 'created', row: expect.objectContaining({ email: 'b@x' }) as Guest },
      { kind: 'created', row: expect.objectContaining({ email: 'c@x' }) as Guest },
    ]);
  });

  test('are written with the change or not at all', async () => {
    await using database = await openSchema(server, hotel);
    const service = tableService(guests, {
      events: async (change, { repositoryOf }) => {
        await repositoryOf(history).insert({ line: change.kind });
      },
    });
    await service.on(database).create({ email: 'a@x', badge: 'gold' });

    const taken = service.on(database).create({ email: 'a@x', badge: 'iron' });

    await expect(taken).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    expect((await database.repository(history).list()).map(({ line }) => line)).toEqual(['created']);
  });
});
