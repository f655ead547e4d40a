import { expect, test } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { rateLimiter } from '../../../src/http/rate-limit/rate-limiter.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema } from './serve-schema.ts';

const things = table('thing', { id: integer().primaryKey() });
const thingResource = resource(things, { prefix: '/things' });

describeEachServer('an API with a rate limit', (server) => {
  test('says what is left and refuses what is too much, for each client', async () => {
    let now = 0;
    const rateLimit = {
      key: ({ headers }: Request) => headers.get('x-client') ?? '',
      limit: rateLimiter({ limit: 2, windowMs: 10_000, now: () => now }),
    };
    await using api = await serveSchema(server, { things }, [thingResource], { rateLimit });
    const ask = async (client: string, path = '/things'): Promise<readonly (number | string | null)[]> => {
      const { status, headers } = await api.send('GET', path, undefined, { 'x-client': client });
      return [status, headers.get('ratelimit'), headers.get('retry-after')];
    };

    const first = await api.send('GET', '/things', undefined, { 'x-client': 'a' });
    now = 4_000;

    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=2;w=10');
    expect(await ask('a', '/things/7')).toEqual([404, '"default";r=0;t=6', null]);
    expect(await ask('a')).toEqual([429, '"default";r=0;t=6', '6']);
    expect(await ask('b')).toEqual([200, '"default";r=1;t=10', null]);
    expect(await ask('a', '/livez')).toEqual([200, null, null]);
    now = 10_000;
    expect(await ask('a')).toEqual([200, '"default";r=1;t=10', null]);
  });
});

describeEachServer('a write that collides again and again', (server) => {
  test('is tried again, then refused with the time to come back', async () => {
    let attempts = 0;
    const service = tableService(things, {
      beforeCreate: () => {
        attempts++;
        throw new RowhouseError('SERIALIZATION_FAILURE', 'another transaction was faster');
      },
    });
    await using api = await serveSchema(server, { things }, [resource(things, { prefix: '/things', service })]);

    const answer = await api.send('POST', '/things', { id: 1 });

    expect(attempts).toBe(5);
    expect(answer).toMatchObject({ status: 503, body: { code: 'SERIALIZATION_FAILURE' } });
    expect(answer.headers.get('retry-after')).toBe('2');
  });
});
