import fastify from 'fastify';
import { expect, test } from 'vitest';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import { connect } from '../../../src/connect/connect.ts';
import { engines } from '../../../src/engines.ts';
import { rowhouse } from '../../../src/http/adapters/fastify.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeServers } from '../../servers/describe-each-server.ts';

const members = table('member', { id: integer().primaryKey(), name: text({ max: 40 }) });
const schema = { members };

describeServers(['postgresql-16', 'mariadb'], 'a Fastify application', (server) => {
  test('gets database, resources and health from SQL_URL in one line', async () => {
    await using shop = await schemaDatabase(server, schema);
    const environment = { SQL_URL: shop.url, DB_PARAMS: 'sslmode=disable' };
    const open = async (): ReturnType<typeof connect> => await connect(schema, resolveSettings(environment, engines));
    const app = fastify();
    app.register(rowhouse(open, [resource(members, { prefix: '/members' })]));
    await app.ready();

    const created = await app.inject({ method: 'POST', url: '/members', payload: { id: 1, name: 'Ada' } });
    const listed = await app.inject('/members');
    const health = await app.inject('/_sql/health');
    await app.close();

    expect(created.statusCode).toBe(201);
    expect(listed.json()).toMatchObject({ items: [{ id: 1, name: 'Ada' }] });
    expect(health.json()).toMatchObject({ status: 'healthy' });
  });
});
