import { expect, test } from 'vitest';
import { resource } from '../../../src/http/resource/resource.ts';
import type { StandardSchema } from '../../../src/repository/service/standard-schema.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema } from '../http/serve-schema.ts';
import { guests, hotel } from './guests.ts';

const gold: StandardSchema<{ badge?: string | undefined }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) =>
      (value as { readonly badge?: string }).badge === 'gold'
        ? { value: {} }
        : { issues: [{ message: 'must be gold', path: [{ key: 'badge' }] }, { message: 'is not welcome' }] },
  },
};

describeEachServer('the rules of a service behind REST', (server) => {
  test('are a problem with a pointer for each', async () => {
    const service = tableService(guests, { validate: { create: gold } });
    await using served = await serveSchema(server, hotel, [resource(guests, { prefix: '/guests', service })]);

    const refused = await served.send('POST', '/guests', { email: 'a@x', badge: 'iron' });
    const created = await served.send('POST', '/guests', { email: 'a@x', badge: 'gold' });

    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'VALUE_INVALID',
        detail: '2 values are not as they must be',
        errors: [
          { pointer: '#/badge', detail: 'must be gold' },
          { pointer: '#', detail: 'is not welcome' },
        ],
      },
    });
    expect(created.status).toBe(201);
  });
});
