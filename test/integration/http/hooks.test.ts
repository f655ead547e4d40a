import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { resource } from '../../../src/http/resource/resource.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema } from './serve-schema.ts';

const members = table('member', { id: integer().primaryKey(), name: text({ max: 40 }) });

describeEachServer('hooks before a write', (server) => {
  test('may take their time, and what they give is what is written', async () => {
    const service = tableService(members, {
      async beforeCreate(input) {
        await delay(5);
        return { ...input, name: input.name.toUpperCase() };
      },
      async beforeUpdate(change) {
        await delay(5);
        return { ...change, ...(change.name === undefined ? {} : { name: change.name.toLowerCase() }) };
      },
    });
    await using library = await serveSchema(server, { members }, [resource(members, { prefix: '/members', service })]);

    const created = await library.send('POST', '/members', { id: 1, name: 'Ada' });
    const changed = await library.send('PATCH', '/members/1', { name: 'Ada Lovelace' });

    expect(created).toMatchObject({ status: 201, body: { name: 'ADA' } });
    expect(changed).toMatchObject({ status: 200, body: { name: 'ada lovelace' } });
    expect((await library.send('GET', '/members/1')).body).toEqual(changed.body);
  });
});
