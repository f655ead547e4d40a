import { expect, test } from 'vitest';
import { resource } from '../../../src/http/resource/resource.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { integer, json, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema } from './serve-schema.ts';

const notes = table('note', {
  id: integer().primaryKey(),
  title: text({ max: 5 }).unique(),
  body: text({ max: 5 }),
  doc: json().null(),
  more: json().null(),
});

const kept = { id: 1, title: 'a', body: 'b', doc: null, more: null };

/** The same rows: a write in which a hook takes part is checked before it begins, one without is its statement alone. */
const hooked = tableService(notes, { beforeCreate: (row) => row, beforeUpdate: (change) => change });
const parts = [
  resource(notes, { prefix: '/alone' }),
  resource(notes, { prefix: '/hooked', service: hooked, name: 'Hooked' }),
];

describeEachServer('a row with several values that cannot be written', (server) => {
  test.each([
    ['two that are too long', { title: 'too long', body: 'too long' }, ['#/title', '#/body']],
    ['one that is too long and one that is null', { title: 'too long', body: null }, ['#/title', '#/body']],
    ['two that are null', { title: null, body: null }, ['#/title', '#/body']],
    ['two documents with a NUL', { title: 'c', body: 'd', doc: { a: '\0' }, more: ['\0'] }, ['#/doc', '#/more']],
  ])('is refused with all of them, %s, and nothing is written', async (_, values, pointers) => {
    await using api = await serveSchema(server, { notes }, parts);
    await api.send('POST', '/alone', { id: 1, title: 'a', body: 'b' });

    for (const prefix of ['/alone', '/hooked']) {
      const created = await api.send('POST', prefix, { id: 2, ...values });
      const changed = await api.send('PATCH', `${prefix}/1`, values, { 'if-match': '*' });

      for (const { status, body } of [created, changed]) {
        expect(status).toBe(422);
        expect((body.errors as readonly { pointer: string }[]).map(({ pointer }) => pointer)).toEqual(pointers);
      }
    }
    expect((await api.send('GET', '/alone')).body.items).toEqual([kept]);
  });

  test.each([
    ['that are missing', {}],
    ['that no client may give and nothing fills in', { readOnly: ['title', 'body'] }],
  ] as const)('is refused with all of those %s', async (_, rights) => {
    const own = [
      resource(notes, { prefix: '/alone', ...rights }),
      resource(notes, { prefix: '/hooked', service: hooked, name: 'Hooked', ...rights }),
    ];
    await using api = await serveSchema(server, { notes }, own);

    for (const prefix of ['/alone', '/hooked']) {
      expect(await api.send('POST', prefix, { id: 2 })).toMatchObject({
        status: 422,
        body: {
          errors: [
            { pointer: '#/title', detail: 'is required' },
            { pointer: '#/body', detail: 'is required' },
          ],
        },
      });
    }
    expect((await api.send('GET', '/alone')).body.items).toEqual([]);
  });

  test('is told of another row alone where its values are as they must be', async () => {
    await using api = await serveSchema(server, { notes }, parts);
    await api.send('POST', '/alone', { id: 1, title: 'a', body: 'b' });

    const created = await api.send('POST', '/alone', { id: 2, title: 'a', body: 'c' });

    expect(created).toMatchObject({ status: 409, body: { code: 'UNIQUE_VIOLATION' } });
    expect((await api.send('GET', '/alone')).body.items).toHaveLength(1);
  });
});
