import { expect, test } from 'vitest';
import { RowhouseError, text } from '../../../src/index.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import type { StandardSchema } from '../../../src/repository/service/standard-schema.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { guests, hotel } from './guests.ts';

/** A schema as any library would make it: addresses in lower case, of our own domain. */
const ownAddresses: StandardSchema<{ email?: string | undefined; name?: undefined }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    async validate(value) {
      const { email = '' } = value as { readonly email?: string };
      if (!email.toLowerCase().endsWith('@x')) return { issues: [{ message: 'must be one of ours', path: ['email'] }] };
      return { value: { email: email.toLowerCase(), name: undefined } };
    },
  },
};

const service = tableService(guests, {
  takes: { code: text({ max: 4 }) },
  makes: ['badge'],
  validate: { create: ownAddresses, update: ownAddresses },
  beforeCreate: ({ code, ...guest }) => ({ ...guest, badge: code.repeat(3) }),
  beforeUpdate: ({ code, ...change }) => ({ ...change, ...(code === undefined ? {} : { badge: code }) }),
});

describeEachServer('what is given to a service', (server) => {
  test('is told everything that is wrong with it at once, and nothing is written', async () => {
    await using database = await openSchema(server, hotel);

    const wrong = { email: 'ada@elsewhere', name: 'Ada, Countess of Lovelace', visits: 'two', colour: 'red' };
    const faults = await faultsOf(service.on(database).create(wrong as never));

    expect(faults).toEqual([
      { pointer: '#/code', detail: 'is required' },
      { pointer: '#/name', detail: 'must be text of at most 12 characters' },
      { pointer: '#/visits', detail: expect.stringContaining('must be a whole number') as string },
      { pointer: '#/colour', detail: 'is not a property of guest' },
      { pointer: '#/email', detail: 'must be one of ours' },
    ]);
    expect(await database.repository(guests).count()).toBe(0);
  });

  test('is judged row by row, and the pointer says which', async () => {
    await using database = await openSchema(server, hotel);

    const faults = await faultsOf(
      service.on(database).createMany([
        { email: 'a@x', code: 'ab' },
        { email: 'b@y', code: 'abcde' },
        { email: 'c@x', code: 'c', visits: null as never },
      ]),
    );

    expect(faults).toEqual([
      { pointer: '#/1/code', detail: 'must be text of at most 4 characters' },
      { pointer: '#/1/email', detail: 'must be one of ours' },
      { pointer: '#/2/visits', detail: 'cannot be null' },
    ]);
    expect(await database.repository(guests).count()).toBe(0);
  });

  test('is what the schema makes of it, and what the schema leaves out stays', async () => {
    await using database = await openSchema(server, hotel);
    const rows = service.on(database);

    const created = await rows.create({ email: 'ADA@X', name: 'Ada', code: 'ab' });
    const updated = await rows.update(created.id, { email: 'GRACE@X', visits: 3 });

    expect(created).toMatchObject({ email: 'ada@x', name: 'Ada', badge: 'ababab' });
    expect(updated).toMatchObject({ email: 'grace@x', name: 'Ada', visits: 3 });
  });

  test('in a change is judged likewise', async () => {
    await using database = await openSchema(server, hotel);
    const rows = service.on(database);
    const { id } = await rows.create({ email: 'ada@x', code: 'ab' });

    const change = { id, email: 'b@y', badge: 'gold', name: undefined, visits: 2n ** 70n };
    const faults = await faultsOf(rows.update(id, change as never));

    expect(faults).toEqual([
      { pointer: '#/id', detail: 'cannot change after the insert' },
      { pointer: '#/badge', detail: 'is made by the service' },
      { pointer: '#/name', detail: 'is undefined: leave it out to leave the column alone' },
      { pointer: '#/visits', detail: expect.stringContaining('must be') as string },
      { pointer: '#/email', detail: 'must be one of ours' },
    ]);
  });

  test('and what its hooks make of it must fit the table, too', async () => {
    await using database = await openSchema(server, hotel);
    const careless = tableService(guests, {
      takes: { code: text({ max: 40 }) },
      makes: ['badge', 'visits'],
      beforeCreate: (input) => ({ ...input, visits: 1.5, badge: 'b'.repeat(30) }),
    });

    const faults = await faultsOf(careless.on(database).create({ email: 'a@x', code: 'ab' }));

    expect(faults).toEqual([
      { pointer: '#/code', detail: 'is no column: a hook must drop it' },
      { pointer: '#/visits', detail: expect.stringContaining('must be a whole number') as string },
      { pointer: '#/badge', detail: 'must be text of at most 20 characters' },
    ]);
  });
});

async function faultsOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!RowhouseError.has(error, 'VALUE_INVALID')) throw error;
  return error.details['faults'];
}
